/** Reads `[who] [what] [since]` as people type it after `/seepass audit`. */
import { formatMoment } from '../facts/dates.ts';
import { addDuration, readDuration } from '../when/duration.ts';
import { type Now, readMomentBehind } from '../when/moment.ts';
import { addDays, dateInZone, isDate, startOfDay } from '../window.ts';
import { KNOWN_ACTIONS } from './known-actions.ts';

export interface AuditRequest {
  /** A platform's user id, `system` or `cli`; null for everybody. */
  actor: string | null;
  /** First parts of actions; null for all. */
  about: readonly string[] | null;
  /** What `about` was called. */
  aboutWord: string | null;
  /** Epoch milliseconds; null for all that is kept. */
  since: number | null;
}

/** What people call them, beside the first parts of the actions themselves. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  questions: ['question', 'command'],
  access: ['accounts', 'answer', 'audit'],
  exports: ['answer', 'audit'],
  approvals: ['proposal'],
  executions: ['execution'],
  actions: ['proposal', 'execution'],
  docs: ['runbook'],
  errors: ['signature'],
  moments: ['annotation'],
};
const FIRST_PARTS = new Set([...KNOWN_ACTIONS.keys()].map((action) => action.split('.')[0] ?? ''));

/** Every word that says what, for what is said where none was understood. */
export const AUDIT_WORDS: readonly string[] = [
  ...Object.keys(KINDS),
  'settings',
  'roles',
  'incidents',
  'subscriptions',
];

/** @param me who asks, by the platform's id. */
export function readAuditRequest(text: string, { me, ...at }: Now & { me: string }): AuditRequest | { fault: string } {
  const words = text.split(/\s+/).filter(Boolean);
  const read: AuditRequest = { actor: null, about: null, aboutWord: null, since: null };
  for (;;) {
    const word = words[0];
    if (word === undefined) return read;
    const actor = read.actor === null ? actorOf(word, me) : null;
    const about = read.about === null ? aboutOf(word) : null;
    if (actor !== null) read.actor = actor;
    else if (about !== null) [read.about, read.aboutWord] = [about, word.toLowerCase()];
    else break;
    words.shift();
  }
  const since = readSince(words, at);
  return typeof since === 'number' ? { ...read, since } : since;
}

function actorOf(word: string, me: string): string | null {
  const id = /^<?@?([UW][A-Z0-9]{6,})(?:\|[^>]*)?>?$/.exec(word)?.[1];
  if (id !== undefined) return id;
  const name = word.toLowerCase();
  if (name === 'me') return me;
  return name === 'system' || name === 'cli' ? name : null;
}

function aboutOf(word: string): readonly string[] | null {
  const name = word.toLowerCase();
  const kind = KINDS[name];
  if (kind !== undefined) return kind;
  const first = FIRST_PARTS.has(name) ? name : name.replace(/s$/, '');
  return FIRST_PARTS.has(first) ? [first] : null;
}

/** "24h", "since 7 days ago", "yesterday" and dates from their first moment on. */
function readSince(words: readonly string[], { now, zone }: Now): number | { fault: string } {
  const rest = /^(?:since|past|last)$/i.test(words[0] ?? '') ? words.slice(1) : words;
  const text = rest.join(' ').toLowerCase();
  const duration = readDuration(text.replace(/\s+ago$/, ''));
  if (duration !== undefined) return addDuration(now, duration, zone, -1);
  const today = dateInZone(now, zone);
  const day = text === 'today' ? today : text === 'yesterday' ? addDays(today, -1) : isDate(text) ? text : null;
  const moment = day === null ? readMomentBehind(rest, { now, zone }) : { at: startOfDay(day, zone) };
  if ('fault' in moment) return { fault: moment.isUnread ? unread(text) : moment.fault };
  if (moment.at <= now) return moment.at;
  return { fault: `${formatMoment(moment.at, zone)} is still to come.` };
}

const unread = (text: string): string => `I could not read “${text.slice(0, 60)}”.`;
