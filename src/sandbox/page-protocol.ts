/** What the page and the workspace server say to each other. Types only, and no imports: the page has no Node types. */

type PageBlock = Record<string, unknown>;

/** What a person puts into an element: text, an option's value or label, several of them, or nothing. */
export type ElementValue = string | number | readonly string[] | null | undefined;

/** What a form holds, by block_id, action_id or the input's label. */
export type FormValues = Readonly<Record<string, ElementValue>>;

export interface PageView extends Record<string, unknown> {
  id: string;
  type: 'modal' | 'home';
  blocks: PageBlock[];
  hash: string;
}

interface PagePerson {
  id: string;
  name: string;
  realName: string;
  title: string;
  timezone: string;
  role: 'admin' | 'approver' | 'analyst' | 'viewer';
}

export interface PageChannel {
  id: string;
  name: string;
  kind: 'channel' | 'group' | 'im';
  topic: string;
  isArchived: boolean;
  hasApp: boolean;
  memberCount: number;
}

export interface PageMessage {
  channel: string;
  ts: string;
  user: string;
  text: string;
  blocks?: PageBlock[];
  files?: Record<string, unknown>[];
  thread_ts?: string;
  reply_count?: number;
  latest_reply?: string;
  reply_users?: string[];
  edited?: { ts: string };
  reactions?: { name: string; count: number }[];
  isEphemeral: boolean;
}

export interface PageCommand {
  /** What is typed, e.g. `/seepass top`. */
  command: string;
  /** What may follow, e.g. `[n] [surface] [date]`. */
  hint: string;
  description: string;
}

/** GET /sandbox/workspace?as=ID */
export interface PageWorkspace {
  teamName: string;
  app: { userId: string; name: string };
  viewer: PagePerson;
  people: PagePerson[];
  channels: PageChannel[];
  commands: PageCommand[];
  views: readonly PageView[];
  home: PageView | null;
}

/** POST /sandbox/do */
export type PageDeed =
  | { as: string; do: 'say'; channel: string; text: string; thread?: string | undefined }
  | {
      as: string;
      do: 'use';
      on: { channel: string; ts: string } | { view: string };
      blockId: string;
      actionId: string;
      value?: ElementValue;
      held: FormValues;
    }
  | { as: string; do: 'submit'; view: string; values: FormValues }
  | { as: string; do: 'close'; view: string; all: boolean }
  | { as: string; do: 'open_home' };

export interface PageResult {
  failure?: string;
  errors?: Readonly<Record<string, string>>;
}

/** Pushed over /sandbox/live?as=ID */
export type PageNews =
  | { kind: 'message'; message: PageMessage; isNew: boolean }
  | { kind: 'message_deleted'; channel: string; ts: string }
  | { kind: 'views'; views: readonly PageView[] }
  | { kind: 'home'; view: PageView | null }
  | { kind: 'notice'; text: string };
