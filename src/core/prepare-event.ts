/** From an accepted event to what is stored: normalised, redacted, pseudonymised, keyed, money in minor units. */
import { memoise } from './bounded-cache.ts';
import { statusOf } from './event.ts';
import { toMinorUnits } from './facts/render.ts';
import type { Event, Json, JsonObject, StorableEvent } from './records.ts';
import { namesSecret, redact } from './text/redact.ts';
import { NORMALISER_VERSION, normaliseEndpoint, normaliseRoute } from './text/route.ts';
import { type ErrorFacts, type ErrorSignature, errorSignature, requestSignature } from './text/signature.ts';

export interface PreparerOptions {
  /** The workspace's currency, ISO 4217. */
  currency: string;
  /** SHA-256 of the text's UTF-8 bytes, lower-case hex. */
  sha256: (text: string) => string;
  /** Keyed pseudonym of a person's id, see pseudonym-key.ts. */
  pseudonym: (user: string) => string;
  /** Which key `pseudonym` uses. */
  keyId: string;
}

export type Preparer = (event: Event) => StorableEvent;

/** Longest texts kept, in UTF-16 units, by meta key; other texts are cut at 1,000. */
const META_CAPS: Readonly<Record<string, number>> = { stack: 8_000, text: 4_000, message: 2_000, url: 2_000 };
/** These have columns of their own, or say nothing once the event was accepted. */
const COLUMN_KEYS = new Set(['release', 'env', 'status', 'endpoint', 'order_id', 'ticket_topic', 'currency']);
/** Ids of other systems: digits in them are no phone or card, so only what is text-like is looked at. */
const identifier = /^(?!.*@)[\w.:-]{1,100}$/;
const IDENTIFIER_KEYS = new Set(['request_id', 'conversation_id', 'trace_id', 'session_id', 'event_id', 'app_version']);

/** A function that prepares events one by one; it remembers recent users, routes and texts, in bounded memory. */
export function createPreparer(options: PreparerOptions): Preparer {
  const pseudonym = memoise(options.pseudonym);
  const routeOf = memoise((surface) => normaliseRoute(redact(surface)));
  const route = (surface: string): string | null => routeOf(withoutQuery(surface));
  const endpoint = memoise((text) => normaliseEndpoint(redact(text)));
  // Texts repeat (stacks, releases, topics) and cost more to search than to remember; ids do not.
  const cleanLong = memoise(redact, 1_000, 6_000);
  const cleanShort = memoise(redact, 2_000, 80);
  const cleanText = (text: string): string => (text.length > 80 ? cleanLong(text) : cleanShort(text));
  const ofMessage = memoise((message) => errorSignature({ message }), 2_000, 500);
  const minorUnits = createMinorUnits(options.currency);
  // Without the key nobody can find a person by trying ids against the key of an event.
  const pepper = options.pseudonym('seepass event content');

  // An account that is a person's address or id stays one account, under a name that tells nobody.
  const hiddenAccount = (name: string): string => `account ${options.pseudonym(name).slice(0, 8)}`;
  const accountName = memoise((name) => (redact(name) === name ? name : hiddenAccount(name)));

  return (event) => {
    const user = event.user === null ? null : pseudonym(event.user);
    const clean = withoutUser(event.user, cleanText);
    const surface = event.surface === null ? null : route(event.surface);
    const meta = redactMeta(event.meta, clean);
    const sentEndpoint = textOf(event.meta.endpoint);
    const status = statusOf(event.meta.status) ?? null;
    const facts = {
      error_code: textOf(meta.error_code),
      message: textOf(meta.message) ?? (event.type === 'error' ? textOf(meta.text) : undefined),
      stack: textOf(meta.stack),
      status: status ?? undefined,
      endpoint: sentEndpoint === undefined ? undefined : (endpoint(sentEndpoint) ?? undefined),
      surface: surface ?? undefined,
    };
    const signed = signatureOf(event, facts, ofMessage);
    const revenue = event.type === 'revenue';
    return {
      event_key: uuidOf(
        options.sha256(event.id === null ? contentOf(event, user, pepper) : `id\0${event.source}\0${event.id}`),
      ),
      keyed_by: event.id === null ? 'content' : 'id',
      source_id: event.id === null ? null : clean(event.id),
      ts: event.ts,
      source: event.source,
      type: event.type,
      account: accountOf(event, accountName, hiddenAccount),
      user,
      key_id: user === null ? null : options.keyId,
      surface,
      severity: event.severity,
      value: revenue ? null : event.value,
      amount_minor: revenue && event.value !== null ? minorUnits(event.value) : null,
      error_signature: signed?.signature ?? null,
      ...(signed?.masked === undefined ? {} : { masked_message: signed.masked }),
      ticket_topic: shortText(event.meta.ticket_topic, clean),
      release: shortText(event.meta.release, clean),
      env: shortText(event.meta.env, clean),
      status,
      endpoint: facts.endpoint ?? null,
      order_id: shortText(event.meta.order_id, (text) => (isPlainId(text, clean) ? text : clean(text))),
      normaliser_version: NORMALISER_VERSION,
      meta,
    };
  };
}

function accountOf(
  { account, user }: Event,
  nameOf: (name: string) => string,
  hide: (name: string) => string,
): string | null {
  if (account === null) return null;
  return account === user ? hide(account) : nameOf(account);
}

/** Senders repeat the person's id in texts and properties: there it goes too. Shorter ids are words and numbers. */
function withoutUser(user: string | null, clean: (text: string) => string): (text: string) => string {
  if (user === null || user.length < 5) return clean;
  return (text) => clean(text.includes(user) ? text.replaceAll(user, '[user]') : text);
}

/** What follows `?` never reaches a route, unless a fragment holds one (`/?x#/orders/7`). */
function withoutQuery(surface: string): string {
  const query = surface.indexOf('?');
  return query > 0 && !surface.includes('#') ? surface.slice(0, query) : surface;
}

function signatureOf(
  event: Event,
  facts: ErrorFacts,
  ofMessage: (message: string) => ErrorSignature | null,
): ErrorSignature | null {
  if (event.type === 'error') {
    const saysMore = facts.error_code !== undefined || facts.stack !== undefined;
    return (saysMore || facts.message === undefined ? null : ofMessage(facts.message)) ?? errorSignature(facts);
  }
  return event.type === 'request' && (facts.status ?? 0) >= 400 ? requestSignature(facts) : null;
}

/** Everything that tells two events apart, in one order, whatever order the sender's keys had. */
function contentOf(event: Event, user: string | null, pepper: string): string {
  const { ts, source, type, account, surface, severity, value } = event;
  return `${pepper}\0${JSON.stringify([ts, source, type, account, user, surface, severity, value])}${stable(event.meta)}`;
}

function stable(json: Json): string {
  if (typeof json !== 'object' || json === null) return JSON.stringify(json);
  if (Array.isArray(json)) return `[${json.map(stable).join()}]`;
  let text = '';
  for (const key of Object.keys(json).sort()) text += `${JSON.stringify(key)}:${stable(json[key] ?? null)},`;
  return `{${text}}`;
}

function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** Minor units of an amount in major units; 1.005 rounds as it is written, not as its nearest double. */
function createMinorUnits(currency: string): (major: number) => number {
  const minorPerMajor = toMinorUnits(1, currency);
  return (major) => {
    const minor = Math.round(Number((Math.abs(major) * minorPerMajor).toPrecision(15)));
    return major < 0 && minor !== 0 ? -minor : minor;
  };
}

function redactMeta(meta: JsonObject, clean: (text: string) => string): JsonObject {
  const kept: JsonObject = {};
  for (const key of Object.keys(meta)) {
    const value = meta[key];
    if (COLUMN_KEYS.has(key) || value === undefined || value === null) continue;
    kept[clean(key)] = redactPart(key, value, clean);
  }
  return kept;
}

function redactPart(key: string, value: Json, clean: (text: string) => string): Json {
  if (typeof value === 'number' && Math.abs(value) >= 1e12 && clean(String(value)) !== String(value))
    return clean(String(value));
  if (typeof value === 'boolean' || typeof value === 'number' || value === null) return value;
  if (namesSecret(key)) return '[secret]';
  if (typeof value === 'string')
    return IDENTIFIER_KEYS.has(key) && isPlainId(value, clean) ? value : cutTo(META_CAPS[key] ?? 1_000, value, clean);
  if (Array.isArray(value)) return value.map((part) => redactPart(key, part, clean));
  return redactMeta(value, clean);
}

/** An id whose digits look like a phone or a card stays; a token, an address or the person's own id never does. */
function isPlainId(text: string, clean: (text: string) => string): boolean {
  return identifier.test(text) && !/\[(?:token|secret|ip|user)\]/.test(clean(text));
}

/** Redacts more than is kept, so that the cut cannot leave half a secret that no rule knows. */
function cutTo(cap: number, text: string, clean: (text: string) => string): string {
  if (text.length <= cap) return clean(text);
  const margin = text.slice(0, cap + 500);
  return clean(margin)
    .slice(0, cap)
    .replace(/[\uD800-\uDBFF]$/, '');
}

function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined;
  return typeof value === 'number' ? String(value) : undefined;
}

function shortText(value: Json | undefined, clean: (text: string) => string): string | null {
  const text = textOf(value);
  return text === undefined
    ? null
    : clean(text)
        .slice(0, 200)
        .replace(/[\uD800-\uDBFF]$/, '');
}
