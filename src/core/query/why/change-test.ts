/**
 * Whether a figure moved more between two periods than it does anyway. Days vary by more than chance and weeks drift,
 * so the spread is learned from the days before and never taken from a formula for independent events.
 */
import {
  benjaminiHochberg,
  negativeBinomialLowerTail,
  negativeBinomialUpperTail,
  studentUpperTail,
} from '../../stats.ts';
import { dayNumber } from '../../window.ts';
import {
  adjusted,
  type DayVolume,
  expectedOn,
  type Fit,
  fitDays,
  ratioOf,
  spreadOf,
  squareOf,
  sumOf,
  unitVariance,
} from './day-fit.ts';
import type { VolumeKind } from './measured.ts';

export type { DayVolume } from './day-fit.ts';

export interface ChangeTest {
  /** Σ count / Σ exposure of each period. */
  before: number;
  now: number;
  change: number;
  /** Changes between two such periods stay within ± this 19 times of 20; null where too few days are known. */
  band: number | null;
  /** Two-sided; null where too few days are known. */
  p: number | null;
  /** More than it does anyway; null where nobody can tell. */
  outside: boolean | null;
  /** The first day of the later period (or of the week before it) that is out of line by itself, the same way. */
  onset: string | null;
  /** Days the spread was learned from. */
  history_days: number;
  /** Days of each period that there is data of. */
  days: PeriodDays;
}

export interface PeriodDays {
  now: number;
  before: number;
}

/** A change is outside normal variation below this. */
export const SIGNIFICANT = 0.05;
/** A single day has to be this far off, and this many events, to be the start. */
const ONSET_Z = 3;
const ONSET_EVENTS = 4;
/**
 * Quasi-Poisson (for shares quasi-binomial) test of two ratios. With μᵢ = r nᵢ w(weekday) fitted to the earlier days,
 * Var y = φ V(μ), V(μ) = μ (shares: μ(1 − r)), and φ = Σ (yᵢ − μᵢ)² / V(μᵢ) / (days − parameters), Pearson's estimate
 * (Wedderburn 1974; McCullagh & Nelder 1989, 4.5 and 9.2). Weeks that drift vary more than their days say: φ is at least
 * median(d²) / 0.455 over the differences d of neighbouring blocks as long as the later period. Then
 * t = (r₁ − r₀) / √(φ V(r)(1/n₁ + 1/n₀)) on Student's t; few events are skewed, so their negative binomial tail holds too.
 * @param history the days before the later period, the earlier period's among them, in any order.
 */
export function testChange(input: {
  now: readonly DayVolume[];
  before: readonly DayVolume[];
  history: readonly DayVolume[];
  kind: VolumeKind;
}): ChangeTest {
  const [now, before] = [ratioOf(input.now), ratioOf(input.before)];
  const days = { now: input.now.length, before: input.before.length };
  const untested = { before, now, change: now - before, band: null, p: null, outside: null, onset: null, days };
  const fit = fitDays(input.history, input.kind);
  const [exposedNow, exposedBefore] = [adjusted(input.now, fit), adjusted(input.before, fit)];
  if (!fit || !(exposedNow > 0) || !(exposedBefore > 0)) return { ...untested, history_days: fit?.days ?? 0 };
  const spread = spreadOf(input.history, input.now.length, fit);
  const variance = spread.phi * unitVariance(fit.rate, input.kind) * (1 / exposedNow + 1 / exposedBefore);
  const difference = sumOf(input.now, 'count') / exposedNow - sumOf(input.before, 'count') / exposedBefore;
  const error = Math.sqrt(variance);
  const student = error > 0 ? Math.min(1, 2 * studentUpperTail(Math.abs(difference) / error, spread.df)) : 1;
  const p = input.kind === 'sum' ? student : Math.max(student, fewEvents(input, fit, spread.phi));
  const outside = p < SIGNIFICANT && now !== before;
  const band = criticalT(spread.df) * error * (exposedNow / sumOf(input.now, 'exposure'));
  const agrees = Math.abs(now - before) > band === outside;
  return {
    ...untested,
    band: agrees ? band : null,
    p,
    outside,
    onset: outside ? onsetOf(input, fit, spread.dayPhi, Math.sign(now - before)) : null,
    history_days: fit.days,
  };
}

/** Benjamini and Hochberg's q for each test, 1 where nothing could be tested. */
export const adjustForMany = (tests: readonly Pick<ChangeTest, 'p'>[]): number[] =>
  benjaminiHochberg(tests.map(({ p }) => p ?? 1));

/** Two-sided tail of the later period's events given the earlier ratio, itself an estimate. */
function fewEvents(
  { now, before }: { now: readonly DayVolume[]; before: readonly DayVolume[] },
  fit: Fit,
  phi: number,
) {
  const [seen, known] = [sumOf(now, 'count'), sumOf(before, 'count')];
  const mean = ((known + 0.5) / adjusted(before, fit)) * adjusted(now, fit);
  const variance = phi * mean + (phi * mean ** 2) / (known + 0.5);
  const tail = seen >= mean ? negativeBinomialUpperTail : negativeBinomialLowerTail;
  return Math.min(1, 2 * tail(seen, mean, variance));
}

/** From the day that is furthest off back, as long as days are off; one in between may be normal. */
function onsetOf(
  { now, history }: { now: readonly DayVolume[]; history: readonly DayVolume[] },
  fit: Fit,
  phi: number,
  sign: number,
): string | null {
  const first = earliest(now);
  const around = [...history.filter(({ date }) => first - dayNumber(date) <= 7), ...now];
  const days = around.toSorted((a, b) => dayNumber(a.date) - dayNumber(b.date));
  const far = days.map((day) => {
    const beyond = sign * (day.count - expectedOn(day, fit));
    return beyond >= (fit.kind === 'sum' ? 0 : ONSET_EVENTS) ? squareOf(day, fit, phi) : 0;
  });
  const isOff = (at: number): boolean => (far[at] ?? 0) >= ONSET_Z ** 2;
  let start = days.reduce(
    (worst, day, at) => (dayNumber(day.date) >= first && (far[at] ?? 0) > (far[worst] ?? -1) ? at : worst),
    -1,
  );
  if (start < 0 || !isOff(start)) return null;
  while (isOff(start - 1) || isOff(start - 2)) start -= isOff(start - 1) ? 1 : 2;
  return days[start]?.date ?? null;
}

/** The day number of the first. */
const earliest = (days: readonly DayVolume[]): number => Math.min(...days.map(({ date }) => dayNumber(date)));
/** The t that is passed one time in 40, by halving: the tail falls with t. */
function criticalT(df: number): number {
  let [low, high] = [1.9, 13];
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2;
    if (studentUpperTail(middle, df) > SIGNIFICANT / 2) low = middle;
    else high = middle;
  }
  return high;
}
