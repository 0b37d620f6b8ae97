/** The words of time language: spellings, short forms and the typos worth knowing. */
import { distance } from 'fastest-levenshtein';
import type { Unit } from './time-window.ts';

const UNIT_WORDS: Record<Unit, string> = {
  hour: 'hour hours hr hrs',
  day: 'day days dys dasy',
  week: 'week weeks wk wks weeek wek weak wekk',
  month: 'month months moth monht mnoth motnh mth mths mnth mnths mo mos',
  quarter: 'quarter quarters qtr qtrs',
  year: 'year years yr yrs',
};

const MONTH_WORDS = [
  'january jan januray janurary janaury',
  'february feb febuary feburary febraury febr',
  'march mar',
  'april apr',
  'may',
  'june jun',
  'july jul',
  'august aug',
  'september sep sept',
  'october oct',
  'november nov',
  'december dec',
];

const WEEKDAY_WORDS = [
  'monday mon',
  'tuesday tue tues teusday',
  'wednesday wed weds wensday wendsday wedensday wendesday',
  'thursday thu thur thurs thrusday',
  'friday fri',
  'saturday sat',
  'sunday sun',
];

/** Other words and how they are also written. */
const WORDS: Record<string, string> = {
  last: 'lst las lats latest laast lasst lastt',
  past: 'pst trailing',
  previous: 'prev previus prevous',
  prior: '',
  preceding: '',
  this: 'ths thsi',
  current: 'curent',
  next: 'nxt upcoming coming',
  ago: '',
  today: 'tody todays 2day todya',
  yesterday: 'yday yest ystrday yesteday ytd_day yesterdays',
  tomorrow: 'tmrw tomorow tommorow tommorrow tmw',
  tonight: 'tonite',
  morning: '',
  afternoon: '',
  evening: '',
  night: 'nite',
  weekend: 'wknd wkend',
  weekends: '',
  fortnight: 'fortnights',
  versus: 'vs v vs.',
  compared: 'comparing comapred compard',
  since: 'sinse snce',
  until: 'til till untill',
  before: 'befor bfore',
  after: '',
  between: 'btw betwen beetween',
  from: 'frm',
  hourly: '',
  daily: 'dayly',
  weekly: 'wkly',
  monthly: 'mthly',
  january: '',
  february: '',
  during: '',
  same: '',
  retention: 'retension retntion',
};

/** Long enough, and unlike any common word, that a letter more, less, wrong or swapped still means them. */
const FORGIVEN = [
  ...'yesterday tomorrow tonight weekend fortnight previous current compared versus quarter'.split(' '),
  ...'january february september october november december'.split(' '),
  ...'monday tuesday wednesday thursday friday saturday'.split(' '),
  ...'retention'.split(' '),
];

const units = new Map<string, Unit>();
for (const [unit, words] of Object.entries(UNIT_WORDS)) {
  for (const word of words.split(' ')) if (isUnit(unit)) units.set(word, unit);
}
const months = numbered(MONTH_WORDS);
const weekdays = numbered(WEEKDAY_WORDS);
const canonical = new Map<string, string>();
for (const [word, others] of Object.entries(WORDS)) {
  for (const spelling of [word, ...others.split(' ')]) if (spelling !== '') canonical.set(spelling, word);
}

/** Letters that say a unit right after a number: "7d", "24h". A lone "m" could be minutes and is not read. */
const SHORT_UNITS: ReadonlyMap<string, Unit> = new Map([
  ['h', 'hour'],
  ['d', 'day'],
  ['w', 'week'],
  ['q', 'quarter'],
  ['y', 'year'],
]);

function isUnit(word: string): word is Unit {
  return word in UNIT_WORDS;
}

function numbered(lists: readonly string[]): Map<string, number> {
  return new Map(lists.flatMap((list, index) => list.split(' ').map((word) => [word, index] as const)));
}

/** The unit a word names, singular or plural. */
export const unitOf = (word: string): Unit | undefined => units.get(word);

/** The unit of the letters right after a number. */
export const shortUnitOf = (letters: string): Unit | undefined => SHORT_UNITS.get(letters) ?? units.get(letters);

/** 1-12. */
export function monthOf(word: string): number | undefined {
  const index = months.get(word);
  return index === undefined ? undefined : index + 1;
}

/** 0 Monday … 6 Sunday. */
export const weekdayNamed = (word: string): number | undefined => weekdays.get(word);

/** The word as this reader knows it, lower case: spellings and forgivable typos replaced, all else unchanged. */
export function normalizeWord(written: string): string {
  const word = written.toLowerCase();
  const known = canonical.get(word);
  if (known !== undefined) return known;
  if (units.has(word) || months.has(word) || weekdays.has(word) || word.length < 6 || word.length > 11) return word;
  return FORGIVEN.find((candidate) => isTypoOf(word, candidate)) ?? word;
}

function isTypoOf(word: string, target: string): boolean {
  if (word[0] !== target[0] || Math.abs(word.length - target.length) > 2) return false;
  if (word === `${target}s`) return false;
  const apart = distance(word, target);
  return apart <= 1 || (apart === 2 && (target.length >= 9 || areSwapped(word, target)));
}

/** Two neighbouring letters changed places. */
function areSwapped(word: string, target: string): boolean {
  if (word.length !== target.length) return false;
  const at = [...word].findIndex((letter, index) => letter !== target[index]);
  return word[at] === target[at + 1] && word[at + 1] === target[at] && word.slice(at + 2) === target.slice(at + 2);
}
