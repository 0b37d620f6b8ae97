import { isRecord, type JsonRecord, parseJson, textOf } from '../json.ts';
import { SlackRefusal } from '../refusal.ts';
import type { Channel } from '../state/roster.ts';
import type { Workspace } from '../state/workspace.ts';

/** The arguments of one call, whether they came as a form or as JSON. */
export class Args {
  readonly #values: JsonRecord;

  constructor(values: JsonRecord) {
    this.#values = values;
  }

  has(key: string): boolean {
    return this.#values[key] !== undefined;
  }

  text(key: string): string | undefined {
    const value = this.#values[key];
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : textOf(value);
  }

  /** @throws SlackRefusal `invalid_arguments` naming the missing field */
  need(key: string): string {
    const value = this.text(key);
    if (value === undefined || value === '') {
      throw new SlackRefusal('invalid_arguments', {
        response_metadata: { messages: [`[ERROR] missing required field: ${key}`] },
      });
    }
    return value;
  }

  flag(key: string): boolean {
    const value = this.text(key);
    return value === 'true' || value === '1';
  }

  /** How many to a page: from 1 to `most`; 0 stands for the usual. @throws SlackRefusal `invalid_limit` */
  limit(key: string, usual: number, most: number): number {
    const value = Number(this.text(key) ?? usual);
    if (!Number.isInteger(value) || value < 0) throw new SlackRefusal('invalid_limit');
    return value === 0 ? usual : Math.min(value, most);
  }

  /** A JSON argument; in a form it comes as text. `faultCode` is what Slack says when it does not parse. */
  json(key: string, faultCode: string): unknown {
    const value = this.#values[key];
    if (typeof value !== 'string') return value;
    if (value === '') return undefined;
    const parsed = parseJson(value);
    if (parsed === undefined) throw new SlackRefusal(faultCode);
    return parsed;
  }

  /** Everything given, as `api.test` echoes it: without the token. */
  echo(): JsonRecord {
    const { token: _token, ...given } = this.#values;
    return given;
  }

  list(key: string): string[] {
    const value = this.#values[key];
    if (Array.isArray(value)) return value.map(String);
    return (
      this.text(key)
        ?.split(',')
        .map((part) => part.trim()) ?? []
    );
  }

  record(key: string, faultCode: string): JsonRecord | undefined {
    const value = this.json(key, faultCode);
    if (value === undefined) return undefined;
    if (!isRecord(value)) throw new SlackRefusal(faultCode);
    return value;
  }
}

export interface ApiCall {
  workspace: Workspace;
  args: Args;
  /** A fresh `wss` URL for Socket Mode. */
  openConnection(): string;
  /** Counts a message to a channel. @throws RateLimited when it comes too soon */
  pace(channel: string): void;
  /** @throws SlackRefusal `missing_scope` */
  needScope(scope: string): void;
}

export interface ApiMethod {
  /** The token it takes; a bot token unless said. */
  token?: 'bot' | 'app' | 'none';
  /** Scopes every call needs; a method may ask for more while it runs. */
  scopes?: readonly string[];
  handle(call: ApiCall): JsonRecord;
}

export type MethodTable = Readonly<Record<string, ApiMethod>>;

const SCOPE_PREFIX = { channel: 'channels', group: 'groups', im: 'im' } as const;

/** `channels:read`, `groups:history`… for the kind of channel at hand. */
export const scopeFor = (channel: Channel, verb: 'read' | 'history'): string => `${SCOPE_PREFIX[channel.kind]}:${verb}`;

/** A page of a list with Slack's cursor, which is the offset of the next item in base64. */
export function paginate<Item>(items: readonly Item[], args: Args, usual = 100): { page: Item[]; nextCursor: string } {
  const cursor = args.text('cursor');
  const decoded = Buffer.from(cursor ?? '', 'base64').toString('utf8');
  const start = Number(decoded);
  if ((cursor && decoded === '') || !Number.isInteger(start) || start < 0) throw new SlackRefusal('invalid_cursor');
  const end = start + args.limit('limit', usual, 1000);
  const nextCursor = end < items.length ? Buffer.from(String(end)).toString('base64') : '';
  return { page: items.slice(start, end), nextCursor };
}
