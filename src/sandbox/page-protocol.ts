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
  /** The latest message the viewer has read; `0` before the first. Everything later is new. */
  lastRead: string;
  /** How many messages came after it, and how many of those name the viewer (all of them in a direct message). */
  unread: number;
  mentions: number;
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
  /** A reply that the channel shows too. */
  reply_broadcast?: boolean;
  reply_users?: string[];
  /** Set when somebody changed it: Slack shows "(edited)". */
  edited?: { user: string; ts: string };
  reactions?: { name: string; count: number; users: string[] }[];
  /** `tombstone` where the parent of a thread was deleted; `file_share` where somebody shared files. */
  subtype?: string;
  /** Only the viewer sees it. */
  isEphemeral: boolean;
  /** The app is still writing it (chat.startStream). */
  isStreaming: boolean;
}

/** A slash command of the app's manifest, or a use of one that the app suggests. */
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

/**
 * POST /sandbox/do. Files travel apart: POST /sandbox/upload, multipart/form-data with `as`, `channel`, optional
 * `thread` and `text`, and one to ten `file` parts of together at most 10 MB; it answers with a {@link PageResult}.
 */
export type PageDeed =
  /** `broadcast`: a reply that the channel shows too. */
  | {
      as: string;
      do: 'say';
      channel: string;
      text: string;
      thread?: string | undefined;
      broadcast?: boolean | undefined;
    }
  | {
      as: string;
      do: 'use';
      on: { channel: string; ts: string } | { view: string };
      blockId: string;
      actionId: string;
      value?: ElementValue;
      held: FormValues;
    }
  /** Asks the app for the options of an external menu; the answer is in the result. */
  | {
      as: string;
      do: 'suggest';
      on: { channel: string; ts: string } | { view: string };
      blockId: string;
      actionId: string;
      query: string;
      held: FormValues;
    }
  | { as: string; do: 'submit'; view: string; values: FormValues }
  | { as: string; do: 'close'; view: string; all: boolean }
  | { as: string; do: 'open_home'; tab?: 'home' | 'messages' | undefined }
  /** Puts a reaction on, or takes one's own away where it is there. */
  | { as: string; do: 'react'; on: { channel: string; ts: string }; name: string }
  /** Changes or deletes one's own message. */
  | { as: string; do: 'edit'; on: { channel: string; ts: string }; text: string }
  | { as: string; do: 'delete'; on: { channel: string; ts: string } }
  /** Everything in the channel up to `ts` has been seen. */
  | { as: string; do: 'read'; on: { channel: string; ts: string } };

/** A file kept for a form: POST /sandbox/keep, multipart/form-data with `as` and one `file`. */
export interface PageFile {
  id: string;
  name: string;
}

/** An option of a menu, as in Block Kit. */
export interface PageOption extends Record<string, unknown> {
  text: { type: string; text: string };
  value: string;
}

export interface PageResult {
  failure?: string;
  errors?: Readonly<Record<string, string>>;
  /** What a menu offers for a query; one of the two, or neither where the query is too short. */
  options?: readonly PageOption[];
  optionGroups?: readonly { label: { type: string; text: string }; options: readonly PageOption[] }[];
  /** Set where the query is shorter than the menu wants. */
  minQueryLength?: number;
  /** What was kept. */
  files?: readonly PageFile[];
}

/** How much of one of Slack's limits something uses. */
export interface LimitUse {
  /** In words: `blocks`, `section text`. */
  name: string;
  /** JSON pointer to what was measured. */
  pointer: string;
  used: number;
  limit: number;
}

/**
 * GET /sandbox/inspect?as=ID&channel=ID&ts=TS, or &view=ID; POST /sandbox/inspect {surface, blocks} for blocks that
 * are nowhere yet.
 */
export interface PageInspection {
  surface: 'message' | 'modal' | 'home';
  /** What the app sent, as the Web API gives it back. */
  payload: Record<string, unknown>;
  /** The whole first, then each part in the order of the blocks. */
  uses: readonly LimitUse[];
  /** What Slack would refuse; empty for everything the workspace took. */
  faults: readonly { pointer: string; message: string }[];
}

/** Pushed over /sandbox/live?as=ID */
export type PageNews =
  | { kind: 'message'; message: PageMessage; isNew: boolean }
  | { kind: 'message_deleted'; channel: string; ts: string }
  | { kind: 'views'; views: readonly PageView[] }
  | { kind: 'home'; view: PageView | null }
  | { kind: 'notice'; text: string }
  /** The app came into a channel or left it. */
  | { kind: 'members'; channel: string; hasApp: boolean; memberCount: number }
  /** The viewer has read a channel, maybe in another window. */
  | { kind: 'read'; channel: string; lastRead: string; unread: number; mentions: number };
