/** How often a source sends, learned from the hours in which it did, and so from when on its silence says something. */
import { createCalendar } from '../detect/series/calendar.ts';
import type { Source } from '../records.ts';

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Five weeks have each hour of the week often enough. */
export const CADENCE_DAYS = 35;
/** With fewer hours the largest gap says little of the next. */
const FEWEST_HOURS = 20;
const SHORTEST_HISTORY_DAYS = 14;
/** What holds where too little is known: a week for a source that speaks now and then, a weekend for a young one. */
const FEW_SILENT_AFTER_MS = 7 * DAY_MS;
const YOUNG_SILENT_AFTER_MS = 3 * DAY_MS;
/** The 99th percentile of the gaps, and half as much again; never less than three hours in which it surely sends. */
const PERCENTILE = 0.99;
const MARGIN = 1.5;
const SHORTEST_ALLOWED = 3;
const LATEST_EXPECTED_MS = 28 * DAY_MS;
/** Of how many of its latest hours the delay of arrival counts, and how much of it at most. */
const DELAYS = 30;
const LONGEST_DELAY_MS = 3 * DAY_MS;
const WEEK_HOURS = 168;

/** An hour in which a source sent. */
export interface SentHour {
  /** Its start, epoch milliseconds. */
  hour: number;
  /** When its first event arrived. */
  receivedAt: number;
}

export interface Cadence {
  /** From then on the silence is longer than this source's usual ones; epoch milliseconds. */
  expectedBy: number;
  /** `few`, `young`: too little history, so a week or three days hold. */
  basis: 'learned' | 'few' | 'young';
}

/** What cadences are learned from. */
export interface SourceHistory {
  source: Source;
  /** Oldest first. */
  hours: readonly SentHour[];
}

/**
 * When the next event is due at the latest. Gaps are measured in the source's own time: each silent hour counts by how
 * often the source sent in that hour of the week, so that a night or a weekend without anybody is short. That is the
 * time-rescaling of point processes (Brown et al. 2002, Neural Computation 14), with hours for instants.
 * @param hours until the moment that is judged, oldest first; undefined where there are none.
 */
export function learnCadence(hours: readonly SentHour[], hourOfWeek: HourOfWeek): Cadence | undefined {
  const last = hours.at(-1);
  if (last === undefined) return undefined;
  const known = hours.filter(({ hour }) => hour > last.hour - CADENCE_DAYS * DAY_MS);
  const end = last.hour + HOUR_MS;
  const first = known[0]?.hour ?? last.hour;
  if (known.length < FEWEST_HOURS) return { expectedBy: end + FEW_SILENT_AFTER_MS, basis: 'few' };
  if (end - first < SHORTEST_HISTORY_DAYS * DAY_MS) return { expectedBy: end + YOUNG_SILENT_AFTER_MS, basis: 'young' };
  const share = sharesOf(known, { first, end }, hourOfWeek);
  const ownTime = (from: number, until: number): number => {
    let sum = 0;
    for (let hour = from; hour < until; hour += HOUR_MS) sum += share[hourOfWeek(hour)] ?? 0;
    return sum;
  };
  const gaps = known.slice(1).map(({ hour }, index) => ownTime((known[index]?.hour ?? hour) + HOUR_MS, hour));
  const allowed = Math.max(SHORTEST_ALLOWED, MARGIN * percentile(gaps, PERCENTILE));
  const from = end + delayOf(known);
  let expectedBy = from;
  for (let own = 0; own < allowed && expectedBy < from + LATEST_EXPECTED_MS; expectedBy += HOUR_MS)
    own += share[hourOfWeek(expectedBy)] ?? 0;
  return { expectedBy, basis: 'learned' };
}

/** The hour of the week an instant lies in, local: 0 Monday midnight … 167. */
export type HourOfWeek = (instant: number) => number;

/** Remembers what it looked up: the same weeks are read for every source. @param zone IANA zone. */
export function createHourOfWeek(zone: string): HourOfWeek {
  const calendar = createCalendar(zone);
  const known = new Map<number, number>();
  return (instant) => {
    const before = known.get(instant);
    if (before !== undefined) return before;
    const found = calendar.weekday(instant) * 24 + Math.floor(calendar.timeOfDay(instant) / HOUR_MS);
    known.set(instant, found);
    return found;
  };
}

/**
 * In what share of each hour of the week it sent; five weeks are few, so what it did at that time of other working days,
 * or of the other day of the weekend, counts for two more.
 */
function sharesOf(
  known: readonly SentHour[],
  { first, end }: { first: number; end: number },
  hourOfWeek: HourOfWeek,
): Float64Array {
  const sent = new Float64Array(WEEK_HOURS);
  const all = new Float64Array(WEEK_HOURS);
  for (let hour = first; hour < end; hour += HOUR_MS) add(all, hourOfWeek(hour));
  for (const { hour } of known) add(sent, hourOfWeek(hour));
  return all.map((count, at) => {
    let [alikeSent, alikeAll] = [0, 0];
    for (let other = at % 24; other < WEEK_HOURS; other += 24) {
      if (isWeekend(other) !== isWeekend(at)) continue;
      alikeSent += sent[other] ?? 0;
      alikeAll += all[other] ?? 0;
    }
    const alike = alikeAll > 0 ? alikeSent / alikeAll : 0;
    return Math.min(1, ((sent[at] ?? 0) + 2 * alike) / (count + 2));
  });
}

const isWeekend = (hourOfWeek: number): boolean => hourOfWeek >= 5 * 24;

function add(counts: Float64Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** How late its latest hours arrived, at worst: a file that comes once a night is no silence by day. */
function delayOf(known: readonly SentHour[]): number {
  const delays = known.slice(-DELAYS).map(({ hour, receivedAt }) => receivedAt - hour - HOUR_MS);
  const longest = Math.min(LONGEST_DELAY_MS, Math.max(0, ...delays));
  return Math.ceil(longest / HOUR_MS) * HOUR_MS;
}
