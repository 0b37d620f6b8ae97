/**
 * The contract's event at the door: a zod schema that says what is accepted, and a hand-written fast path
 * for well-formed events that a property test holds equal to it (imports read 100,000 a second).
 */
import { z } from 'zod';
import { readEmail } from './identity-email.ts';
import { isCalendarDay, parseInstant, utcDay } from './instant.ts';
import { EVENT_TYPES, type Event, type EventType, type JsonObject, SOURCES, type Source } from './records.ts';
import { cleanObject, cleanText } from './text/clean.ts';

/** Longest texts that are kept, in UTF-16 units; longer ones are cut, except ids, which are refused. */
export const TEXT_CAPS = { account: 200, user: 320, surface: 2000, id: 300, meta: 16_000 } as const;

const EARLIEST = Date.UTC(2000, 0, 1);
const DAY = 86_400_000;
/** Keeps the amount in minor units, whatever the currency, a safe integer. */
const LARGEST_VALUE = 1e12;
const MIXED = 'ts must be ISO-8601 with an offset, such as 2026-01-29T14:05:00Z, or epoch milliseconds';

const optionalText = (field: 'account' | 'user' | 'surface') =>
  z
    .string({ error: `${field} must be text: quote it, or leave it out` })
    .nullish()
    .transform((text) => tidy(text, TEXT_CAPS[field]));

const instant = z
  .union([z.number(), z.string()], {
    error: (issue) =>
      issue.input === undefined || issue.input === null
        ? 'ts is missing: add it as ISO-8601 with an offset, or epoch milliseconds'
        : MIXED,
  })
  .transform((value, context) => {
    const epoch = typeof value === 'number' ? Math.floor(value) : parseInstant(value.trim());
    if (epoch !== undefined) return epoch;
    context.addIssue({ code: 'custom', message: instantFault(String(value).trim()) });
    return z.NEVER;
  });

const member = <const T extends readonly [string, ...string[]]>(field: string, members: T) =>
  z.enum(members, { error: (issue) => memberFault(field, issue.input, members) });

const bounded = (field: string, low: number, high: number, fix: string) => {
  const error = `${field} must be ${fix}`;
  return z.number({ error }).min(low, { error }).max(high, { error });
};

/** What is accepted as an event, independent of the clock and the workspace; unknown fields are ignored. */
export const eventSchema = z.object(
  {
    ts: instant,
    source: member('source', SOURCES),
    type: member('type', EVENT_TYPES),
    account: optionalText('account'),
    user: optionalText('user'),
    email: z.unknown().optional().transform(readEmail),
    surface: optionalText('surface'),
    severity: bounded('severity', 0, 4, 'a whole number from 0 to 4 (4 worst)')
      .int({ error: 'severity must be a whole number from 0 to 4 (4 worst)' })
      .nullish()
      .transform((severity) => severity ?? null),
    value: bounded('value', -LARGEST_VALUE, LARGEST_VALUE, 'a finite number, unquoted, at most 1e12')
      .nullish()
      .transform((value) => value ?? null),
    id: z
      .string({ error: 'id must be text: quote it, or leave it out' })
      .max(TEXT_CAPS.id, { error: `id is longer than ${TEXT_CAPS.id} characters: send a shorter one` })
      .nullish()
      .transform((text) => tidy(text, TEXT_CAPS.id)),
    meta: z
      .custom<object>(isPlainObject, { error: 'meta must be an object such as {"release":"web@1.42.0"}' })
      .nullish()
      .transform((meta): JsonObject => (meta ? cleanObject(meta, TEXT_CAPS.meta) : {})),
  },
  { error: 'the record is not an event: send a JSON object with ts, source and type' },
) satisfies z.ZodType<Event>;

export interface EventLimits {
  /** Epoch milliseconds. */
  now: number;
  /** The workspace's currency, ISO 4217. */
  currency: string;
}

export type ParsedEvent = { event: Event; reason?: undefined } | { event?: undefined; reason: string };

/**
 * Reads one event from data of unknown shape. Never throws; a reason is one plain line that names the
 * field and the fix, and repeats at most a short, harmless part of what was sent.
 */
export function parseEvent(value: unknown, limits: EventLimits): ParsedEvent {
  const fast = readFast(value);
  if (fast !== undefined) return judged(fast, limits);
  const parsed = eventSchema.safeParse(value);
  if (parsed.success) return judged(parsed.data, limits);
  return { reason: parsed.error.issues[0]?.message ?? 'the record is not an event' };
}

function judged(event: Event, limits: EventLimits): ParsedEvent {
  if (event.ts < EARLIEST)
    return { reason: `ts is before 2000 (${utcDay(event.ts)}): send epoch milliseconds, not seconds, or fix the date` };
  if (event.ts > limits.now + DAY)
    return { reason: `ts is in the future (${utcDay(event.ts)}): more than 1 day ahead, check the sender's clock` };
  if (event.type === 'revenue' && event.value === null)
    return { reason: 'value is missing: a revenue event needs its amount in major units' };
  if (event.value !== null && event.value < 0 && (event.type === 'request' || event.type === 'session'))
    return { reason: `value is negative: a ${event.type} needs its duration, zero or more` };
  return metaFault(event, limits) ?? { event };
}

function metaFault(event: Event, limits: EventLimits): { reason: string } | undefined {
  const { currency, status } = event.meta;
  if (currency !== undefined && currency !== null && !sameCurrency(currency, limits.currency))
    return {
      reason: `meta.currency is ${shown(currency)}, this workspace counts ${limits.currency}: convert the value first`,
    };
  if (status !== undefined && status !== null && statusOf(status) === undefined)
    return { reason: `meta.status ${shown(status)} is not an HTTP status: send a whole number from 100 to 599` };
  return undefined;
}

function sameCurrency(sent: unknown, configured: string): boolean {
  return typeof sent === 'string' && sent.trim().toUpperCase() === configured;
}

/** The HTTP status in a meta value, number or digits; undefined when it is none. */
export function statusOf(value: unknown): number | undefined {
  const status = typeof value === 'string' && /^\s*\d{3}\s*$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599 ? status : undefined;
}

const sourceSet: ReadonlySet<unknown> = new Set(SOURCES);
const typeSet: ReadonlySet<unknown> = new Set(EVENT_TYPES);
const isSource = (value: unknown): value is Source => sourceSet.has(value);
const isType = (value: unknown): value is EventType => typeSet.has(value);

/** A well-formed event, read without the schema; undefined means "let the schema say". */
function readFast(value: unknown): Event | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const sent: { [Key in keyof Event]?: unknown } = value;
  const { source, type, account, user, surface, severity, value: amount, id, meta } = sent;
  const ts =
    typeof sent.ts === 'number' ? Math.floor(sent.ts) : typeof sent.ts === 'string' ? parseInstant(sent.ts) : undefined;
  if (ts === undefined || !Number.isFinite(ts) || !isSource(source) || !isType(type)) return undefined;
  if (!isText(account) || !isText(user) || !isText(surface) || !isText(id)) return undefined;
  if (!isNumber(severity) || !isNumber(amount)) return undefined;
  if (severity != null && (!Number.isInteger(severity) || severity < 0 || severity > 4)) return undefined;
  if (amount != null && !(Math.abs(amount) <= LARGEST_VALUE)) return undefined;
  if (id != null && id.length > TEXT_CAPS.id) return undefined;
  if (meta != null && !isPlainObject(meta)) return undefined;
  return {
    ts,
    source,
    type,
    account: tidy(account, TEXT_CAPS.account),
    user: tidy(user, TEXT_CAPS.user),
    email: readEmail(sent.email),
    surface: tidy(surface, TEXT_CAPS.surface),
    severity: severity ?? null,
    value: amount ?? null,
    id: tidy(id, TEXT_CAPS.id),
    meta: meta ? cleanObject(meta, TEXT_CAPS.meta) : {},
  };
}

const isText = (value: unknown): value is string | null | undefined => typeof value === 'string' || value == null;
const isNumber = (value: unknown): value is number | null | undefined => typeof value === 'number' || value == null;

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tidy(text: string | null | undefined, cap: number): string | null {
  if (text == null) return null;
  return cleanText(text, cap).trim() || null;
}

function instantFault(text: string): string {
  if (/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.,]\d+)?)?)?$/.test(text))
    return isCalendarDay(text.slice(0, 10))
      ? 'ts has no offset: end it with Z or an offset such as +02:00'
      : 'ts names a day that does not exist: check the date';
  return text === '' ? 'ts is empty: add it as ISO-8601 with an offset, or epoch milliseconds' : MIXED;
}

function memberFault(field: string, sent: unknown, members: readonly string[]): string {
  const options = `one of ${members.join(', ')}`;
  return sent === undefined || sent === null
    ? `${field} is missing: add ${options}`
    : `${field} ${shown(sent)} is not ${options}`;
}

/** A short value as it may be repeated in a reason; anything long or odd is only described. */
function shown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return `(${Array.isArray(value) ? 'a list' : 'an object'})`;
  return /^[\w .:/-]{1,24}$/.test(value) ? `"${value}"` : `(text of ${value.length} characters)`;
}
