import type { JsonRecord } from '../json.ts';
import type { Ids } from './ids.ts';

export interface StoredFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  /** Epoch seconds. */
  created: number;
  user: string;
  content: Buffer;
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

  reserve(name: string, user: string, created: number): StoredFile {
    const file: StoredFile = {
      id: this.#ids.next('F'),
      name,
      title: name,
      mimetype: MIME_TYPES[extensionOf(name)] ?? 'application/octet-stream',
      created,
      user,
      content: Buffer.alloc(0),
      isComplete: false,
    };
    this.#files.set(file.id, file);
    return file;
  }

  find(id: string): StoredFile | undefined {
    return this.#files.get(id);
  }
}

/** The file object Slack returns. */
export function toSlackFile(file: StoredFile, origin: string): JsonRecord {
  const link = `${origin}/files/${file.id}/${encodeURIComponent(file.name)}`;
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: extensionOf(file.name),
    pretty_type: extensionOf(file.name).toUpperCase(),
    user: file.user,
    mode: 'hosted',
    size: file.content.length,
    is_external: false,
    is_public: true,
    url_private: link,
    url_private_download: link,
    permalink: link,
    ...(file.mimetype.startsWith('image/') ? { thumb_360: link, original_w: 0, original_h: 0 } : {}),
  };
}
