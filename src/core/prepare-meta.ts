/** What is kept of an event's `meta`: redacted, cut to size, without what has a column of its own. */
import { memoise } from './bounded-cache.ts';
import type { Json, JsonObject } from './records.ts';
import { namesSecret } from './text/redact.ts';

/** Takes out of a text what must not be stored. */
export type Clean = (text: string) => string;

/** How the texts of one event are cleaned. */
export interface Cleaning {
  readonly text: Clean;
  /** For ids: they hardly repeat, so remembering them would cost more than it saves. */
  readonly id: Clean;
  /** The person's id, which is taken out of every text; null where there is none, or it is too short for that. */
  readonly user: string | null;
}

/** What becomes of a member of `meta`, by its key alone. */
interface Member {
  readonly name: string;
  readonly dropped: boolean;
  readonly secret: boolean;
  readonly identifier: boolean;
  /** Longest text kept, in UTF-16 units. */
  readonly cap: number;
}

/** Longest texts kept, in UTF-16 units, by meta key; other texts are cut at 1,000. */
const META_CAPS: ReadonlyMap<string, number> = new Map([
  ['stack', 8_000],
  ['text', 4_000],
  ['message', 2_000],
  ['url', 2_000],
]);
/** These have columns of their own, or say nothing once the event was accepted. */
const COLUMN_KEYS = new Set(['release', 'env', 'status', 'endpoint', 'order_id', 'ticket_topic', 'currency']);
/** Ids of other systems: digits in them are no phone or card, so only what is text-like is looked at. */
const identifier = /^(?!.*@)[\w.:-]{1,100}$/;
const IDENTIFIER_KEYS = new Set(['request_id', 'conversation_id', 'trace_id', 'session_id', 'event_id', 'app_version']);

/**
 * A function that says what is kept of one event's `meta`. Keys repeat from event to event: what is to be done
 * with each is remembered, in bounded memory.
 * @param cleanKey takes out of a key what must not be stored, whoever the event is about.
 */
export function createMetaPreparer(cleanKey: Clean): (meta: JsonObject, cleaning: Cleaning) => JsonObject {
  const memberOf = memoise<Member>(
    (key) => ({
      name: cleanKey(key),
      dropped: COLUMN_KEYS.has(key),
      secret: namesSecret(key),
      identifier: IDENTIFIER_KEYS.has(key),
      cap: META_CAPS.get(key) ?? 1_000,
    }),
    500,
  );

  function prepare(meta: JsonObject, cleaning: Cleaning): JsonObject {
    const kept: JsonObject = {};
    for (const key of Object.keys(meta)) {
      const value = meta[key];
      if (value === undefined || value === null) continue;
      const member = memberOf(key);
      if (member.dropped) continue;
      const named = cleaning.user !== null && key.includes(cleaning.user) ? cleaning.text(key) : member.name;
      kept[named] = prepareValue(member, value, cleaning);
    }
    return kept;
  }

  function prepareValue(member: Member, value: Json, cleaning: Cleaning): Json {
    if (typeof value === 'number') return withoutLongNumber(value, cleaning.id);
    if (typeof value === 'boolean' || value === null) return value;
    if (member.secret) return '[secret]';
    if (typeof value === 'string')
      return member.identifier && isPlainId(value, cleaning.id) ? value : cutTo(member.cap, value, cleaning.text);
    if (Array.isArray(value)) return value.map((part) => prepareValue(member, part, cleaning));
    return prepare(value, cleaning);
  }

  return prepare;
}

/** A number may be a phone or a card. */
function withoutLongNumber(value: number, clean: Clean): Json {
  if (Math.abs(value) < 1e12) return value;
  const text = String(value);
  const cleaned = clean(text);
  return cleaned === text ? value : cleaned;
}

/** An id whose digits look like a phone or a card stays; a token, an address or the person's own id never does. */
export function isPlainId(text: string, clean: Clean): boolean {
  return identifier.test(text) && !/\[(?:token|secret|ip|user)\]/.test(clean(text));
}

/** Redacts more than is kept, so that the cut cannot leave half a secret that no rule knows. */
function cutTo(cap: number, text: string, clean: Clean): string {
  if (text.length <= cap) return clean(text);
  const margin = text.slice(0, cap + 500);
  return clean(margin)
    .slice(0, cap)
    .replace(/[\uD800-\uDBFF]$/, '');
}
