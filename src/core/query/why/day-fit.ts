/** What days of a figure are like: their ratio, the shape of their week, and how much they vary beyond chance. */
import { mean as average, median } from 'simple-statistics';
import { dayNumber, weekdayOf } from '../../window.ts';
import type { VolumeKind } from './measured.ts';

/** A day's events and what they are divided by; exposure 1 for a plain count. */
export interface DayVolume {
  /** YYYY-MM-DD. */
  date: string;
  count: number;
  exposure: number;
}

/** With fewer days before, nothing is said. */
const FEWEST_DAYS = 14;
/** From so many days on the week's shape is learned. */
const WEEKS_KNOWN = 21;
/** A day this many deviations off (by the median) is an incident and no measure of what is usual. */
const UNUSUAL = 4;
/** Fewer events a day than this are rare; so many of "every weekday is alike" the data have to outweigh. */
const RARE = 5;
const WEEKDAY_PRIOR_EVENTS = 20;
/** Median of a χ² with one degree of freedom. */
const MEDIAN_CHI2 = 0.4549;

export interface Fit {
  /** Events a unit of exposure, on an average weekday. */
  rate: number;
  /** Monday first; 1 is average. */
  weekday: readonly number[];
  days: number;
  parameters: number;
  kind: VolumeKind;
}

/** Undefined with fewer than 14 days that have any exposure. */
export function fitDays(history: readonly DayVolume[], kind: VolumeKind): Fit | undefined {
  const exposed = history.filter(({ exposure }) => exposure > 0);
  if (exposed.length < FEWEST_DAYS) return undefined;
  const flat = { weekday: [1, 1, 1, 1, 1, 1, 1], days: exposed.length, parameters: 1, kind };
  const rough = { ...flat, rate: median(exposed.map(({ count, exposure }) => count / exposure)) };
  const usual = exposed.length < WEEKS_KNOWN ? exposed : withoutIncidents(exposed, withWeek(exposed, rough));
  const fit = { ...flat, rate: Math.max(ratioOf(usual), 0.5 / sumOf(usual, 'exposure')) };
  return exposed.length < WEEKS_KNOWN ? fit : withWeek(usual, fit);
}

/**
 * Each weekday's ratio over all days', shrunk to 1: by the median where a day has enough events, so that one incident
 * does not shape the week, else by the mean, as the median of rare events is 0.
 */
function withWeek(days: readonly DayVolume[], fit: Fit): Fit {
  const typical = sumOf(days, 'count') / days.length;
  const level = fit.kind !== 'sum' && typical < RARE ? average : median;
  const prior = fit.kind === 'sum' ? typical / 4 : Math.max(typical / 4, WEEKDAY_PRIOR_EVENTS);
  const all = level(days.map(({ count, exposure }) => count / exposure));
  const factors = [0, 1, 2, 3, 4, 5, 6].map((index) => {
    const own = days.filter((day) => weekday(day) === index);
    if (own.length < 2 || !(all > 0)) return 1;
    const expected = sumOf(own, 'exposure') * all;
    const seen = level(own.map(({ count, exposure }) => count / exposure)) * sumOf(own, 'exposure');
    return (seen + prior) / (expected + prior);
  });
  const week = { ...fit, weekday: factors, parameters: 7 };
  const exposed = adjusted(days, week);
  return { ...week, rate: Math.max(sumOf(days, 'count'), fit.kind === 'sum' ? 0 : 0.5) / exposed };
}

/** Days far off a median-based fit are left out, unless over a third are: then that is how it is. */
function withoutIncidents(days: readonly DayVolume[], fit: Fit): readonly DayVolume[] {
  const squares = days.map((day) => squareOf(day, fit, 1));
  const scale = median(squares) / MEDIAN_CHI2;
  const kept = days.filter((_, index) => (squares[index] ?? 0) <= UNUSUAL ** 2 * Math.max(scale, 1e-12));
  return kept.length * 3 < days.length * 2 ? days : kept;
}

/** Pearson's φ over the days, or that of neighbouring blocks where it is larger, with the degrees of freedom it has. */
export function spreadOf(
  history: readonly DayVolume[],
  length: number,
  fit: Fit,
): { phi: number; df: number; dayPhi: number } {
  const floor = fit.kind === 'sum' ? 0 : 1;
  const exposed = history.filter(({ exposure }) => exposure > 0);
  const usual = withoutIncidents(exposed, fit);
  const df = Math.max(1, usual.length - fit.parameters);
  const dayPhi = Math.max(floor, usual.reduce((sum, day) => sum + squareOf(day, fit, 1), 0) / df);
  const differences = blockDifferences(exposed, length, fit);
  const blockPhi = differences.length < 3 ? 0 : median(differences) / MEDIAN_CHI2;
  return blockPhi > dayPhi ? { phi: blockPhi, df: differences.length, dayPhi } : { phi: dayPhi, df, dayPhi };
}

function blockDifferences(history: readonly DayVolume[], length: number, fit: Fit): number[] {
  const last = Math.max(...history.map(({ date }) => dayNumber(date)));
  const blocks = new Map<number, DayVolume[]>();
  for (const day of history) {
    const index = Math.floor((last - dayNumber(day.date)) / length);
    blocks.set(index, [...(blocks.get(index) ?? []), day]);
  }
  const rated = [...blocks.entries()].map(([index, days]) => ({
    index,
    exposed: adjusted(days, fit),
    rate: sumOf(days, 'count') / adjusted(days, fit),
  }));
  return rated.flatMap(({ index, exposed, rate }) => {
    const other = rated.find((each) => each.index === index + 1);
    if (!other || !(exposed > 0) || !(other.exposed > 0)) return [];
    const variance = unitVariance(fit.rate, fit.kind) * (1 / exposed + 1 / other.exposed);
    return variance > 0 ? [(rate - other.rate) ** 2 / variance] : [];
  });
}

const weekday = ({ date }: DayVolume): number => weekdayOf(dayNumber(date));

/** What the fit expects of a day. */
export const expectedOn = (day: DayVolume, fit: Fit): number => fit.rate * adjusted([day], fit);

/** How far off a day is, in variances. */
export function squareOf(day: DayVolume, fit: Fit, phi: number): number {
  const variance = phi * unitVariance(fit.rate, fit.kind) * adjusted([day], fit);
  return variance > 0 ? (day.count - expectedOn(day, fit)) ** 2 / variance : 0;
}

/** Of one unit of exposure, before dispersion. */
export const unitVariance = (rate: number, kind: VolumeKind): number =>
  kind === 'share' && rate < 1 ? rate * (1 - rate) : rate;

/** The exposure in days of an average weekday. */
export const adjusted = (days: readonly DayVolume[], fit: Fit | undefined): number =>
  days.reduce((sum, day) => sum + day.exposure * (fit?.weekday[weekday(day)] ?? 1), 0);

export const sumOf = (days: readonly DayVolume[], of: 'count' | 'exposure'): number =>
  days.reduce((sum, day) => sum + day[of], 0);

export function ratioOf(days: readonly DayVolume[]): number {
  const exposure = sumOf(days, 'exposure');
  return exposure > 0 ? sumOf(days, 'count') / exposure : 0;
}
