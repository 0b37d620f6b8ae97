/** From an accepted event to what is stored: normalised, redacted, pseudonymised, keyed, money in minor units. */
import { memoise } from './bounded-cache.ts';
import { statusOf } from './event.ts';
import { toMinorUnits } from './facts/render.ts';
import { type Clean, type Cleaning, createMetaPreparer, isPlainId } from './prepare-meta.ts';
import type { Event, Json, StorableEvent } from './records.ts';
import { redact } from './text/redact.ts';
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
  /** The workspace's own rules for pages, applied to route templates; may change its mind between events. */
  place?: (route: string) => string;
  /** Puts the declared keys of people and accounts in place of what a tool sent. */
  identify?: (event: Event) => Event;
}

export type Preparer = (event: Event) => StorableEvent;

/** A function that prepares events one by one; it remembers recent users, routes and texts, in bounded memory. */
export function createPreparer(options: PreparerOptions): Preparer {
  const pseudonym = memoise(options.pseudonym);
  const { place = (route: string) => route, identify = (event: Event) => event } = options;
  const routeOf = memoise((surface) => normaliseRoute(redact(surface)));
  const placed = (surface: string): string | null => {
    const route = routeOf(withoutQuery(surface));
    return route === null ? null : place(route);
  };
  const endpoint = memoise((text) => normaliseEndpoint(redact(text)));
  // Texts repeat (stacks, releases, topics) and cost more to search than to remember; ids do not.
  const cleanLong = memoise(redact, 1_000, 6_000);
  const cleanShort = memoise(redact, 2_000, 80);
  const cleanText = (text: string): string => (text.length > 80 ? cleanLong(text) : cleanShort(text));
  const metaOf = createMetaPreparer(redact);
  const ofMessage = memoise((message) => errorSignature({ message }), 2_000, 500);
  const minorUnits = createMinorUnits(options.currency);
  // Without the key nobody can find a person by trying ids against the key of an event.
  const pepper = options.pseudonym('seepass event content');

  // An account that is a person's address or id stays one account, under a name that tells nobody.
  const hiddenAccount = (name: string): string => `account ${options.pseudonym(name).slice(0, 8)}`;
  const accountName = memoise((name) => (redact(name) === name ? name : hiddenAccount(name)));

  return (sent) => {
    const event = identify(sent);
    const user = event.user === null ? null : pseudonym(event.user);
    const cleaning = cleaningFor(event.user, cleanText, event === sent ? null : sent.user);
    const clean = cleaning.text;
    const surface = event.surface === null ? null : placed(event.surface);
    const meta = metaOf(event.meta, cleaning);
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
    const ready: StorableEvent = {
      event_key: uuidOf(
        options.sha256(event.id === null ? contentOf(event, user, pepper) : `id\0${event.source}\0${event.id}`),
      ),
      keyed_by: event.id === null ? 'content' : 'id',
      source_id: event.id === null ? null : cleaning.id(event.id),
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
      ticket_topic: shortText(event.meta.ticket_topic, clean),
      release: shortText(event.meta.release, clean),
      env: shortText(event.meta.env, clean),
      status,
      endpoint: facts.endpoint ?? null,
      order_id: shortText(event.meta.order_id, (text) => (isPlainId(text, cleaning.id) ? text : cleaning.id(text))),
      normaliser_version: NORMALISER_VERSION,
      meta,
    };
    if (signed?.masked !== undefined) ready.masked_message = signed.masked;
    return ready;
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
function cleaningFor(user: string | null, cleanText: Clean, sentAs: string | null): Cleaning {
  if (sentAs !== null && sentAs !== user) {
    const inner = cleaningFor(sentAs, cleanText, null);
    return user === null ? inner : hiding(user, inner);
  }
  return hiding(user, { text: cleanText, id: redact, user: null });
}

function hiding(user: string | null, inner: Cleaning): Cleaning {
  if (user === null || user.length < 5) return inner;
  const hidden = (text: string): string => (text.includes(user) ? text.replaceAll(user, '[user]') : text);
  return { text: (text) => inner.text(hidden(text)), id: (text) => inner.id(hidden(text)), user };
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
  if (event.type !== 'request' || (facts.status ?? 0) < 400) return null;
  // The fault that a stack shows may fail any number of endpoints.
  return facts.stack === undefined ? requestSignature(facts) : errorSignature(facts);
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
  // Joined, not added up: a sum stays a tree of its parts, and a batch of events holds thousands of them.
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** Minor units of an amount in major units; 1.005 rounds as it is written, not as its nearest double. */
function createMinorUnits(currency: string): (major: number) => number {
  const minorPerMajor = toMinorUnits(1, currency);
  return (major) => {
    const minor = Math.round(Number((Math.abs(major) * minorPerMajor).toPrecision(15)));
    return major < 0 && minor !== 0 ? -minor : minor;
  };
}

function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined;
  return typeof value === 'number' ? String(value) : undefined;
}

function shortText(value: Json | undefined, clean: Clean): string | null {
  const text = textOf(value);
  return text === undefined
    ? null
    : clean(text)
        .slice(0, 200)
        .replace(/[\uD800-\uDBFF]$/, '');
}
