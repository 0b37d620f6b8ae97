/** The words of subscriptions: how people write kinds, days, times of day and severities, and how we write them back. */
import { distance } from 'fastest-levenshtein';
import { formatCount, joinWords } from '../facts/render.ts';
import type { Severity } from '../records.ts';
import type { QuietHours, Schedule, Subscription, SubscriptionKind } from './subscription.ts';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
export const EVERY_DAY: readonly number[] = [1, 2, 3, 4, 5, 6, 7];
export const WEEKDAYS: readonly number[] = [1, 2, 3, 4, 5];
const WEEKEND: readonly number[] = [6, 7];

/** What is one word of a day of the week, or of several. */
const SEVERAL_DAYS: Readonly<Record<string, readonly number[]>> = {
  daily: EVERY_DAY,
  everyday: EVERY_DAY,
  weekday: WEEKDAYS,
  weekdays: WEEKDAYS,
  workday: WEEKDAYS,
  workdays: WEEKDAYS,
  weekend: WEEKEND,
  weekends: WEEKEND,
};

export const KINDS: Readonly<Record<string, SubscriptionKind>> = {
  digest: 'digest',
  digests: 'digest',
  alerts: 'alerts',
  alert: 'alerts',
  weekly: 'weekly',
};

export const SEVERITIES: Readonly<Record<string, Severity>> = {
  high: 'high',
  critical: 'high',
  severe: 'high',
  medium: 'medium',
  low: 'low',
  everything: 'low',
};

/** What may stand in a sentence and says nothing by itself. */
export const FILLERS: ReadonlySet<string> = new Set(
  'a above all an and are at at: by day days each every for from here higher hours i in is it least me mornings morning of on only or our page pages per please post send severity show tell than that the these this time times to up us want week with worse would + & -'.split(
    ' ',
  ),
);

/** Days 1 Monday … 7 Sunday that one word names: "mon", "Mondays", "weekdays", "mon-fri"; null where it names none. */
export function daysOfWord(word: string): readonly number[] | null {
  const several = SEVERAL_DAYS[word];
  if (several) return several;
  const [from = '', to, ...more] = word.split(/[-–—]/);
  const first = dayOfName(from);
  if (to === undefined) return first === null ? null : [first];
  const last = dayOfName(to);
  return first === null || last === null || more.length > 0 ? null : daysBetweenNames(first, last);
}

function dayOfName(name: string): number | null {
  const bare = name.length > 4 ? name.replace(/s$/, '') : name;
  if (bare.length < 3) return null;
  const place = DAYS.findIndex((day) => day.toLowerCase().startsWith(bare));
  return place >= 0 ? place + 1 : null;
}

/** Both ends included, over the weekend where need be. */
export function daysBetweenNames(first: number, last: number): number[] {
  const count = ((last - first + 7) % 7) + 1;
  return Array.from({ length: count }, (_, index) => ((first - 1 + index) % 7) + 1);
}

/**
 * Minutes after midnight of a time of day: "9:30", "9am", "21.15", "0900", "noon"; undefined where the word is none, null
 * where it looks like one and no clock shows it.
 * @param bare whether a number alone is an hour.
 */
export function minuteOfWord(word: string, bare: boolean): number | null | undefined {
  if (word === 'noon' || word === 'midday') return 720;
  if (word === 'midnight') return 0;
  const [, hours = '', minutes, half] =
    /^(\d{1,2})(?:[:.h](\d{2}))?(am|pm|h)?$/.exec(word.replace(/\.m\.?$/, 'm')) ??
    (bare ? /^(\d{2})(\d{2})$/.exec(word) : null) ??
    [];
  if (hours === '') return bare && /^[\d-]/.test(word) ? null : undefined;
  if (minutes === undefined && half === undefined && !bare) return undefined;
  const hour = half === 'am' || half === 'pm' ? hourOfTwelve(Number(hours), half) : Number(hours);
  const minute = Number(minutes ?? 0);
  return hour === null || hour > 23 || minute > 59 ? null : hour * 60 + minute;
}

function hourOfTwelve(hour: number, half: 'am' | 'pm'): number | null {
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === 'pm' ? 12 : 0);
}

const KNOWN = [
  'digest',
  'alerts',
  'weekly',
  ...Object.keys(SEVERITIES),
  ...Object.keys(SEVERAL_DAYS),
  ...DAYS.map((day) => day.toLowerCase()),
  'quiet',
  'budget',
  'noon',
  'midnight',
];

/** The word of ours that looks most like this one; null where none does. */
export function nearestWord(word: string): string | null {
  const wanted = word.toLowerCase().slice(0, 40);
  const best = KNOWN.map((known) => ({
    known,
    share: distance(wanted, known) / Math.max(wanted.length, known.length),
  })).reduce((least, one) => (one.share < least.share ? one : least));
  return best.share <= 0.4 ? best.known : null;
}

/** "09:00" */
export const clockTime = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** "weekdays at 09:00, Europe/Berlin" */
export function describeSchedule({ minute, weekdays, zone }: Schedule): string {
  return `${describeDays(weekdays)} at ${clockTime(minute)}, ${zone}`;
}

function describeDays(weekdays: readonly number[]): string {
  const key = weekdays.join();
  if (key === EVERY_DAY.join()) return 'every day';
  if (key === WEEKDAYS.join()) return 'weekdays';
  return joinWords(weekdays.map((day) => `${DAYS[day - 1]}s`));
}

const KIND_NAMES: Readonly<Record<SubscriptionKind, string>> = {
  digest: 'Digest',
  alerts: 'Alerts',
  weekly: 'Weekly digest',
  question: 'Question',
};

/** "Digest of /checkout*, medium and worse", "Alerts, quiet 22:00–07:00 Europe/Berlin": plain text, not escaped. */
export function describeSubscription(
  subscription: Pick<Subscription, 'kind' | 'surfaces' | 'severity' | 'question' | 'quiet' | 'weeklyBudget'>,
): string {
  const { kind, surfaces, severity, question, quiet, weeklyBudget } = subscription;
  if (kind === 'question') return `Question “${question ?? ''}”`;
  return [
    `${KIND_NAMES[kind]}${surfaces.length > 0 ? ` of ${joinWords(surfaces)}` : ''}`,
    severity === 'low' ? '' : `${severity}${severity === 'high' ? ' only' : ' and worse'}`,
    kind === 'alerts' ? `at most ${formatCount(weeklyBudget)} a week` : '',
    quiet === null ? '' : describeQuiet(quiet),
  ]
    .filter(Boolean)
    .join(', ');
}

const describeQuiet = ({ from, until, zone }: QuietHours): string =>
  `quiet ${clockTime(from)}–${clockTime(until)} ${zone}`;
