import { baselineSlots } from '../baseline.ts';
import type { Measure } from '../history.ts';
import { type LagTest, testLag } from '../lag-test.ts';
import { plainFinding, type RelatingRule, type RelationContext } from '../rule.ts';
import { ERROR_METRICS } from './co-occurrence.ts';

/** What the leading metric counts, and over what. */
const COUNTED: Readonly<Record<(typeof ERROR_METRICS)[number], readonly [Measure, Measure | null]>> = {
  error_rate: ['errors', 'pageviews'],
  failure_rate: ['request_failures', 'requests'],
  errors: ['errors', null],
};
const MAX_P = 0.05;

/**
 * Errors flagged yesterday, drop-offs today: seed 000's third rule, told on the second day because no verdict may use
 * a later one. The default profile demands besides that drop-offs were still normal yesterday (what began together is
 * co-occurrence) and that over the last four weeks drop-offs follow errors by a day: more than shuffled days do, and
 * more than they go with them on the same day.
 */
export const lag: RelatingRule = {
  kind: 'relate',
  id: 'lag',
  summary: 'Errors were up the day before drop-offs were, and days follow each other that way.',
  entityTypes: ['surface'],
  profiles: ['seed', 'default'],
  relate: (day) =>
    day.findings.flatMap((finding) => {
      if (finding.entity_type !== 'surface' || finding.metric !== 'dropoff_rate' || finding.direction !== 'up')
        return [];
      const before = (metric: string): boolean => day.flaggedYesterday('surface', finding.entity_key, metric);
      const leader = ERROR_METRICS.find(before);
      if (!leader) return [];
      const evidence = { leader, lag_days: 1, dropoffs_delta_pct: finding.delta_pct };
      if (day.profile === 'seed') return plainFinding(day, 'lag', finding, 'dropoff_rate', evidence);
      const test = before('dropoff_rate') ? undefined : testDays(day, finding.entity_key, COUNTED[leader]);
      if (!test || test.p > MAX_P || test.correlation <= test.sameDay) return [];
      const { correlation, sameDay: same_day_correlation, p: p_value, pairs } = test;
      return plainFinding(
        day,
        'lag',
        finding,
        'dropoff_rate',
        { ...evidence, correlation, same_day_correlation, days: pairs, test: 'permutation, 999 shuffles' },
        { p_value },
      );
    }),
};

function testDays(
  day: RelationContext,
  surface: string,
  [count, exposure]: readonly [Measure, Measure | null],
): LagTest | undefined {
  const measures = day.history.surfaces.find((entry) => entry.surface === surface)?.measures;
  if (!measures) return undefined;
  const rate = (top: Measure, bottom: Measure | null, slot: number): number => {
    const exposed = bottom === null ? 1 : (measures[bottom][slot] ?? 0);
    return exposed > 0 ? (measures[top][slot] ?? 0) / exposed : Number.NaN;
  };
  const usable = day.usable('errors', 'dropoffs', 'pageviews');
  const known = new Set(baselineSlots(day.slot, 0, day.settings.baselineDays + 1, usable));
  const slots = Array.from({ length: day.settings.baselineDays + 1 }, (_, back) => day.slot - back).reverse();
  const series = (top: Measure, bottom: Measure | null): number[] =>
    slots.map((slot) => (known.has(slot) ? rate(top, bottom, slot) : Number.NaN));
  return testLag(series(count, exposure), series('dropoffs', 'pageviews'));
}
