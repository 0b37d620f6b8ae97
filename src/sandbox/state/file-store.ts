import type { JsonRecord } from '../json.ts';
import type { Ids } from './ids.ts';

export interface StoredFile {
  id: string;
  name: string;
  title: string;
  /** What a picture shows, for those who cannot see it. */
  altText: string;
  mimetype: string;
  /** Epoch seconds. */
  created: number;
  user: string;
  content: Buffer;
  /** Where it was shared. */
  channels: string[];
  /** Uploaded and shared; until then `files.info` does not know it. */
  isComplete: boolean;
}

const MIME_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  svg: 'image/svg+xml',
  csv: 'text/csv',
  md: 'text/markdown',
  pdf: 'application/pdf',
  txt: 'text/plain',
  json: 'application/json',
};

const extensionOf = (name: string): string => name.split('.').at(-1)?.toLowerCase() ?? '';

/** Files uploaded through the two-step external upload. */
export class FileStore {
  readonly #files = new Map<string, StoredFile>();
  readonly #ids: Ids;

  constructor(ids: Ids) {
    this.#ids = ids;
  }

  reserve(name: string, user: string, created: number, altText = ''): StoredFile {
    const file: StoredFile = {
      id: this.#ids.next('F'),
      name,
      title: name,
      altText,
      mimetype: MIME_TYPES[extensionOf(name)] ?? 'application/octet-stream',
      created,
      user,
      content: Buffer.alloc(0),
      channels: [],
      isComplete: false,
    };
    this.#files.set(file.id, file);
    return file;
  }

  find(id: string): StoredFile | undefined {
    return this.#files.get(id);
  }
}

/** Where the app fetches a file, with its token; without one Slack answers with its login page. */
export const PRIVATE_FILES_PATH = '/files-pri/';

/** The file object Slack returns. */
export function toSlackFile(file: StoredFile, origin: string, teamId: string): JsonRecord {
  const link = `${origin}${PRIVATE_FILES_PATH}${file.id}/${encodeURIComponent(file.name)}`;
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    ...(file.altText === '' ? {} : { alt_txt: file.altText }),
    mimetype: file.mimetype,
    filetype: extensionOf(file.name),
    pretty_type: extensionOf(file.name).toUpperCase(),
    user: file.user,
    user_team: teamId,
    editable: false,
    mode: 'hosted',
    size: file.content.length,
    is_external: false,
    external_type: '',
    is_public: true,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    file_access: 'visible',
    media_display_type: 'unknown',
    has_rich_preview: false,
    is_starred: false,
    comments_count: 0,
    channels: file.channels,
    groups: [],
    ims: [],
    shares: {},
    url_private: link,
    url_private_download: link,
    permalink: `${origin}/files/${file.id}/${encodeURIComponent(file.name)}`,
    ...(file.mimetype.startsWith('image/') ? { thumb_360: link } : {}),
  };
}
