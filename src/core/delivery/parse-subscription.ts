/** Reads what follows `/seepass subscribe`: words in any order, each of them understood or named. */
import {
  daysBetweenNames,
  daysOfWord,
  FILLERS,
  KINDS,
  minuteOfWord,
  nearestWord,
  SEVERITIES,
} from './subscription-words.ts';
import { faultsOf, type Wish, type WishFault, type WishPart } from './wish.ts';
import { findZone, nearestZone } from './zones.ts';

const MOST_CHARACTERS = 2_000;
const MOST_FAULTS = 5;
const RANGE_WORDS = new Set(['to', 'until', 'till', 'through', 'and', '-', '–']);
/** They name a different zone by season, or by country. */
const NO_ZONE = /^(?:[cew]es?t|[pmc][sd]t|e[sd]t|bst|ist|jst|aes?t|(?:utc|gmt)?[+-]\d{1,2}(?::?\d\d)?)$/;
const DATES =
  /^(?:\d{4}-\d\d?(?:-\d\d?)?|\d{1,2}[./]\d{1,2}[./]?(?:\d{2,4})?|today|tomorrow|yesterday|monthly|hourly|yearly|fortnightly|jan(?:uary)?|feb(?:ruary)?|march|april|june|july|aug(?:ust)?|sept(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/;

/** What was read; with faults, `wish` is null and each fault says what could not be read and what was meant perhaps. */
export type ReadWish = { wish: Wish; faults: readonly [] } | { wish: null; faults: readonly WishFault[] };

export function parseSubscription(text: string): ReadWish {
  if (text.length > MOST_CHARACTERS)
    return unread([{ part: 'kind', says: `A subscription takes at most ${MOST_CHARACTERS} characters.` }]);
  const quoted = takeQuestion(text);
  if (quoted.fault !== null) return unread([{ part: 'question', says: quoted.fault }]);
  const reader = new WordReader(quoted.rest, quoted.question);
  const wish = reader.read();
  const faults = reader.faults.length > 0 ? reader.faults : faultsOf(wish);
  return faults.length > 0 ? unread(faults) : { wish, faults: [] };
}

const unread = (faults: readonly WishFault[]): ReadWish => ({ wish: null, faults: faults.slice(0, MOST_FAULTS) });

function takeQuestion(text: string): { question: string | null; rest: string; fault: string | null } {
  const plain = text.replace(/[“”„«»]/g, '"');
  const marks = plain.split('"').length - 1;
  const nothing = { question: null, rest: '' };
  if (marks > 2) return { ...nothing, fault: 'Ask one question at a time, between one pair of quotation marks.' };
  if (marks === 1) return { ...nothing, fault: 'The quotation mark before or after the question is missing.' };
  const [before = '', question = null, after = ''] = plain.split('"');
  return { question: question?.trim() ?? null, rest: `${before} ${after}`, fault: null };
}

/** Goes over the words once; each step takes as many as it understands. */
class WordReader {
  readonly faults: WishFault[] = [];
  readonly #words: readonly string[];
  readonly #plain: readonly string[];
  readonly #wish: Wish;
  #kind: Wish['kind'] | null = null;
  #isWeekly = false;

  constructor(text: string, question: string | null) {
    this.#words = text.split(/[\s,;]+/).filter(Boolean);
    this.#plain = this.#words.map((word) => word.toLowerCase().replace(/^\(|[).!?]+$/g, ''));
    this.#wish = {
      kind: 'digest',
      channel: null,
      surfaces: [],
      severity: null,
      minute: null,
      weekdays: null,
      zone: null,
      question,
      quiet: null,
      weeklyBudget: null,
    };
  }

  read(): Wish {
    const steps = [
      this.#mention,
      this.#channel,
      this.#surface,
      this.#quiet,
      this.#budget,
      this.#kindWord,
      this.#severity,
      this.#days,
      this.#time,
      this.#date,
      this.#zone,
      this.#filler,
      this.#unknown,
    ];
    for (let at = 0; at < this.#words.length; ) {
      let taken = 0;
      for (const step of steps) {
        taken = step.call(this, at);
        if (taken > 0) break;
      }
      at += Math.max(taken, 1);
    }
    const isAlerts = this.#wish.quiet !== null || this.#wish.weeklyBudget !== null;
    const { question, weekdays } = this.#wish;
    const kind = question === null ? (this.#kind ?? (isAlerts ? 'alerts' : 'digest')) : 'question';
    if (question !== null && this.#kind !== null && !this.#isWeekly)
      this.#fault('question', 'A question is a subscription of its own; leave out "digest" and "alerts".');
    return { ...this.#wish, kind, weekdays: weekdays === null ? null : [...weekdays].sort((a, b) => a - b) };
  }

  #at(place: number): string {
    return this.#plain[place] ?? '';
  }

  #fault(part: WishPart, says: string): number {
    this.faults.push({ part, says });
    return 1;
  }

  #quote(place: number, words = 1): string {
    const text = this.#words.slice(place, place + words).join(' ');
    return `"${text.length > 60 ? `${text.slice(0, 59)}…` : text}"`;
  }

  /** Once said, another value is a contradiction. */
  #set<K extends keyof Wish>(key: K, value: NonNullable<Wish[K]>, part: WishPart, name: string): void {
    const known = this.#wish[key];
    if (known !== null && known !== value) this.#fault(part, `You name two ${name}; which one is it?`);
    this.#wish[key] = value;
  }

  #mention(at: number): number {
    const isMention = /^(?:<[!@]|@)/.test(this.#words[at] ?? '');
    return isMention
      ? this.#fault(
          'channel',
          `${this.#quote(at)} is a mention; name a channel as #channel. Nobody is notified by name.`,
        )
      : 0;
  }

  #channel(at: number): number {
    const skipped = ['in', 'to', 'into'].includes(this.#at(at)) ? 1 : 0;
    const word = this.#words[at + skipped] ?? '';
    const [, id, name] = /^(?:<#([A-Z0-9]+)(?:\|[^>]*)?>|#([^\s#]+))[.!?]*$/.exec(word) ?? [];
    const channel = id ?? name?.toLowerCase().replace(/[.!?]+$/, '');
    if (channel === undefined) return 0;
    if (channel.length > 80)
      return skipped + this.#fault('channel', 'The name of a channel has at most 80 characters.');
    this.#set('channel', channel, 'channel', 'channels');
    return skipped + 1;
  }

  #surface(at: number): number {
    const word = this.#words[at] ?? '';
    if (!word.startsWith('/') && !word.includes('*')) return 0;
    this.#wish.surfaces = [...this.#wish.surfaces, word];
    return 1;
  }

  #quiet(at: number): number {
    if (this.#at(at) !== 'quiet') return 0;
    let next = at + 1;
    while (['hours', 'time', 'from', 'between', 'at'].includes(this.#at(next))) next += 1;
    const [from = '', until, ...more] = this.#at(next).split(/[-–—]/);
    const apart = until === undefined && RANGE_WORDS.has(this.#at(next + 1));
    const [first, last] = [minuteOfWord(from, true), minuteOfWord(apart ? this.#at(next + 2) : (until ?? ''), true)];
    const words = next - at + (apart ? 3 : 1);
    if (typeof first !== 'number' || typeof last !== 'number' || more.length > 0) {
      this.#fault('quiet', `I could not read ${this.#quote(at, words)}; write quiet hours as "quiet 22:00-07:00".`);
      return words;
    }
    this.#set('quiet', { from: first, until: last }, 'quiet', 'quiet hours');
    return words;
  }

  #budget(at: number): number {
    const isNamed = this.#at(at) === 'budget';
    const place = isNamed ? at + 1 + (['of', 'is'].includes(this.#at(at + 1)) ? 1 : 0) : at;
    const isWeek = ['a', 'per'].includes(this.#at(place + 1)) && this.#at(place + 2) === 'week';
    if (!isNamed && !(isWeek && /^\d+$/.test(this.#at(place)))) return 0;
    const words = place - at + 1 + (isWeek ? 2 : 0);
    if (!/^\d{1,9}$/.test(this.#at(place))) {
      this.#fault('budget', `I could not read ${this.#quote(at, words)}; write a budget as "budget 5": alerts a week.`);
      return words;
    }
    this.#set('weeklyBudget', Number(this.#at(place)), 'budget', 'budgets');
    return words;
  }

  #kindWord(at: number): number {
    const kind = KINDS[this.#at(at)];
    if (kind === undefined) return 0;
    // "weekly digest" is one kind; a weekly question is one that is asked once a week.
    const isOther = this.#kind !== null && this.#kind !== kind;
    if (isOther && (kind === 'alerts' || this.#kind === 'alerts'))
      return this.#fault('kind', 'Subscribe to the digest and to alerts one after the other.');
    if (kind === 'weekly') this.#isWeekly = true;
    this.#kind = this.#isWeekly ? 'weekly' : kind;
    return 1;
  }

  #severity(at: number): number {
    const severity = SEVERITIES[this.#at(at).replace(/\+$/, '')];
    if (severity === undefined) return 0;
    this.#set('severity', severity, 'kind', 'severities');
    return 1;
  }

  #days(at: number): number {
    const isEvery = ['every', 'each'].includes(this.#at(at));
    if (isEvery && ['day', 'morning', 'evening', 'night'].includes(this.#at(at + 1))) return this.#addDays('daily', 2);
    const single = daysOfWord(this.#at(at));
    if (single === null) return 0;
    const last = RANGE_WORDS.has(this.#at(at + 1)) && this.#at(at + 1) !== 'and' ? daysOfWord(this.#at(at + 2)) : null;
    const [from, to] = [single[0], last?.[0]];
    if (from === undefined || to === undefined || single.length > 1 || last?.length !== 1)
      return this.#addDays(this.#at(at), 1);
    this.#wish.weekdays = [...new Set([...(this.#wish.weekdays ?? []), ...daysBetweenNames(from, to)])];
    return 3;
  }

  #addDays(word: string, taken: number): number {
    this.#wish.weekdays = [...new Set([...(this.#wish.weekdays ?? []), ...(daysOfWord(word) ?? [])])];
    return taken;
  }

  #time(at: number): number {
    const skipped = ['at', '@'].includes(this.#at(at)) ? 1 : 0;
    const half = ['am', 'pm', 'a.m', 'p.m'].includes(this.#at(at + skipped + 1)) ? this.#at(at + skipped + 1)[0] : '';
    const word = `${this.#at(at + skipped)}${half === '' ? '' : `${half}m`}`;
    const minute = minuteOfWord(word, skipped === 1);
    if (minute === undefined) return 0;
    const words = skipped + 1 + (half === '' ? 0 : 1);
    if (minute === null) {
      const said = this.#quote(at + skipped, words - skipped);
      this.#fault('time', `${said} is no time of day; write one from 00:00 to 23:59, such as 09:00 or 9am.`);
      return words;
    }
    this.#set('minute', minute, 'time', 'times');
    return words;
  }

  #date(at: number): number {
    return DATES.test(this.#at(at))
      ? this.#fault(
          'days',
          `${this.#quote(at)} is no day of the week: a subscription begins at once and repeats, such as every Monday.`,
        )
      : 0;
  }

  #zone(at: number): number {
    const word = this.#at(at);
    if (NO_ZONE.test(word))
      return this.#fault('zone', `${this.#quote(at)} changes with the season; name the city, such as Europe/Berlin.`);
    if (FILLERS.has(word)) return 0;
    for (let words = Math.min(3, this.#words.length - at); words > 0; words -= 1) {
      const zone = findZone(this.#plain.slice(at, at + words).join(' '));
      if (zone === undefined) continue;
      this.#set('zone', zone, 'zone', 'time zones');
      return words;
    }
    if (!/^[a-z_]+\/[\w/+-]+$/.test(word)) return 0;
    const nearest = nearestZone(word);
    const hint = nearest === undefined ? 'Name one like Europe/Berlin.' : `Did you mean ${nearest}?`;
    return this.#fault('zone', `There is no time zone ${this.#quote(at)}. ${hint}`);
  }

  #filler(at: number): number {
    return FILLERS.has(this.#at(at)) || this.#at(at) === '' ? 1 : 0;
  }

  #unknown(at: number): number {
    const word = this.#at(at);
    const nearest = nearestWord(word) ?? nearestZone(word);
    const isName = /^[\p{L}][\p{L}\p{N}_-]*$/u.test(word);
    if (isName && this.#at(at - 1) === 'in')
      return this.#fault('channel', `I could not read ${this.#quote(at)}. Did you mean #${word.slice(0, 60)}?`);
    const page = isName ? ` A page begins with a slash: /${word.slice(0, 60)}.` : '';
    const hint = nearest === null || nearest === undefined ? page : ` Did you mean "${nearest}"?`;
    return this.#fault('kind', `I could not read ${this.#quote(at)}.${hint}`);
  }
}
