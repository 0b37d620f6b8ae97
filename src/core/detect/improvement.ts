/** What went well: noted, so that people hear of it, and never ranked or counted among what is wrong. */
import type { Sensitivity } from '../records.ts';
import { benjaminiHochberg } from '../stats.ts';
import { addDays } from '../window.ts';
import { NORMAL_DAYS } from './episodes.ts';
import type { Measurement } from './measurement.ts';
import type { ProfileSettings } from './profile.ts';
import { isTold, quietestLevel } from './sensitivity.ts';

/** A surface's metric that is significantly on its good side. */
export interface Improvement {
  surface: string;
  metric: string;
  /** Of the judged day, and what a normal one has. */
  current: number;
  expected: number;
  /** Days of the window that shows it. */
  window_days: number;
  p_value: number;
  q_value: number;
}

/** Traffic is left out: more of it is a surge, which is neither good nor bad. */
const IMPROVABLE: ReadonlySet<string> = new Set([
  'error_rate',
  'dropoff_rate',
  'ticket_rate',
  'conversion_rate',
  'failure_rate',
  'latency_p95',
]);

/**
 * The day's improvements at the most eager setting, each with the quietest one that notes it. The same tests, floors
 * and control of false discoveries as for what is bad, in a family of their own; least probable first. What went the
 * bad way, or hardly moved, counts among the tests with a p-value of 1, which can only make the others' q larger.
 */
function findImprovements(
  measurements: readonly Measurement[],
  settings: ProfileSettings,
): { improvement: Improvement; level: Sensitivity }[] {
  const tested = measurements.filter(
    ({ entity_type, metric, p_value }) => entity_type === 'surface' && p_value !== null && IMPROVABLE.has(metric),
  );
  const found = tested.map((measurement) => measurement.better?.());
  if (!found.some((better) => better?.substantial)) return [];
  const adjusted = benjaminiHochberg(found.map((better) => better?.p_value ?? 1));
  return tested
    .flatMap(({ entity_key: surface, metric, current, expected, bad }, index) => {
      const better = found[index];
      if (!better?.substantial || expected === null) return [];
      const { p_value, window_days } = better;
      const q_value = adjusted[index] ?? 1;
      const direction = bad === 'up' ? 'down' : 'up';
      const level = quietestLevel({ current, expected, p_value, q_value, direction, count: 0 }, settings);
      return level
        ? [{ improvement: { surface, metric, current, expected, window_days, p_value, q_value }, level }]
        : [];
    })
    .sort(({ improvement: a }, { improvement: b }) => a.p_value - b.p_value || (key(a) < key(b) ? -1 : 1));
}

/**
 * Follows improvements from day to day, so that each is told once: one that was noted in the days before goes on.
 * @param measurementsOn what was measured on a day; asked again only where a day has an improvement.
 */
export function followImprovements(
  settings: ProfileSettings,
  sensitivity: Sensitivity,
  measurementsOn: (date: string) => readonly Measurement[],
): { begunOn(date: string, flagged: ReadonlySet<string>): Improvement[] } {
  const byDay = new Map<string, Improvement[]>();
  const on = (date: string): Improvement[] => {
    const known =
      byDay.get(date) ??
      findImprovements(measurementsOn(date), settings).flatMap(({ improvement, level }) =>
        isTold(level, sensitivity) ? improvement : [],
      );
    byDay.set(date, known);
    return known;
  };
  return {
    /** Nothing good is said of a surface that is flagged: fast answers may be failed ones. */
    begunOn: (date, flagged) =>
      on(date).filter((improvement) => {
        if (flagged.has(improvement.surface)) return false;
        const before = Array.from({ length: NORMAL_DAYS }, (_, back) => addDays(date, -back - 1));
        return !before.some((day) => on(day).some((earlier) => key(earlier) === key(improvement)));
      }),
  };
}

/** What makes it the same improvement on another day. */
function key({ surface, metric }: Improvement): string {
  return `${surface} ${metric}`;
}
