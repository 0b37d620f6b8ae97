import type { JsonRecord } from '../json.ts';
import type { Ids } from './ids.ts';

/** A message as the workspace keeps it: Slack's own keys, plus where it is and who alone may see it. */
export interface StoredMessage {
  type: 'message';
  subtype?: 'file_share' | 'thread_broadcast' | 'tombstone';
  channel: string;
  ts: string;
  text: string;
  user: string;
  team: string;
  blocks?: JsonRecord[];
  attachments?: JsonRecord[];
  files?: JsonRecord[];
  bot_id?: string;
  app_id?: string;
  bot_profile?: JsonRecord;
  client_msg_id?: string;
  thread_ts?: string;
  reply_broadcast?: boolean;
  metadata?: JsonRecord;
  edited?: { user: string; ts: string };
  reactions?: { name: string; count: number; users: string[] }[];
  /** Set on an ephemeral message: the one person who sees it. */
  visible_to?: string;
}

export type NewMessage = Omit<StoredMessage, 'type' | 'ts'>;

export interface ThreadSummary {
  reply_count: number;
  reply_users: string[];
  reply_users_count: number;
  latest_reply: string;
}

/** Messages by channel, in time order. */
export class MessageStore {
  readonly #byChannel = new Map<string, StoredMessage[]>();
  /** Replies everybody sees, by channel and parent. */
  readonly #replies = new Map<string, StoredMessage[]>();
  readonly #ids: Ids;

  constructor(ids: Ids) {
    this.#ids = ids;
  }

  add(message: NewMessage): StoredMessage {
    const stored: StoredMessage = { type: 'message', ts: this.#ids.timestamp(), ...message };
    const list = this.#byChannel.get(message.channel) ?? [];
    list.push(stored);
    this.#byChannel.set(message.channel, list);
    if (isReply(stored) && stored.visible_to === undefined) {
      const key = threadKey(stored);
      this.#replies.set(key, [...(this.#replies.get(key) ?? []), stored]);
    }
    return stored;
  }

  find(channel: string, ts: string): StoredMessage | undefined {
    return this.#byChannel.get(channel)?.find((message) => message.ts === ts);
  }

  remove(message: StoredMessage): void {
    const list = this.#byChannel.get(message.channel) ?? [];
    this.#byChannel.set(
      message.channel,
      list.filter((other) => other.ts !== message.ts),
    );
    const key = threadKey(message);
    const replies = this.#replies.get(key) ?? [];
    this.#replies.set(
      key,
      replies.filter((other) => other.ts !== message.ts),
    );
  }

  /** Every message of a channel that a person (or, without one, everybody) sees, oldest first. */
  visible(channel: string, viewer?: string): StoredMessage[] {
    const list = this.#byChannel.get(channel) ?? [];
    return list.filter((message) => message.visible_to === undefined || message.visible_to === viewer);
  }

  /** What the channel itself shows: no thread replies, unless broadcast. */
  inChannel(channel: string, viewer?: string): StoredMessage[] {
    return this.visible(channel, viewer).filter((message) => !isReply(message) || message.reply_broadcast === true);
  }

  /** A thread's parent, then its replies. */
  inThread(channel: string, threadTs: string, viewer?: string): StoredMessage[] {
    return this.visible(channel, viewer).filter(
      (message) => message.ts === threadTs || (isReply(message) && message.thread_ts === threadTs),
    );
  }

  /** What Slack adds to a parent; undefined while nobody has replied. */
  summary(message: StoredMessage): ThreadSummary | undefined {
    const replies = this.#replies.get(`${message.channel} ${message.ts}`) ?? [];
    const latest = replies.at(-1);
    if (latest === undefined) return undefined;
    const users = [...new Set(replies.map((reply) => reply.user))];
    return {
      reply_count: replies.length,
      reply_users: users,
      reply_users_count: users.length,
      latest_reply: latest.ts,
    };
  }
}

const threadKey = (message: StoredMessage): string => `${message.channel} ${message.thread_ts ?? message.ts}`;

const isReply = (message: StoredMessage): boolean =>
  message.thread_ts !== undefined && message.thread_ts !== message.ts;
