import type { Metric } from '../../catalogue/define.ts';
import { findMetric } from '../../catalogue/index.ts';
import { adjustForMany, type ChangeTest } from './change-test.ts';
import { testMeasured } from './evidence.ts';
import { type DayMeasures, measuredOf } from './measured.ts';
import type { WhyWindows } from './windows.ts';

/** What people notice, the more telling first where two moved alike. */
const WATCHED = [
  'error_rate',
  'dropoff_rate',
  'ticket_rate',
  'conversion_rate',
  'failure_rate',
  'pageviews',
  'revenue',
];

/** The watched metrics that could be tested, the least probable change first; of the same, in the order above. */
export function rankByMovement(
  days: readonly DayMeasures[],
  windows: WhyWindows,
): { metric: Metric; test: ChangeTest; q: number }[] {
  const tested = WATCHED.flatMap((id) => {
    const metric = findMetric(id);
    const measured = metric && measuredOf(metric);
    if (!metric || !measured) return [];
    const test = testMeasured(days, measured, windows);
    return test.p === null ? [] : [{ metric, test }];
  });
  const q = adjustForMany(tested.map(({ test }) => test));
  return tested.map((each, index) => ({ ...each, q: q[index] ?? 1 })).sort((a, b) => (a.test.p ?? 1) - (b.test.p ?? 1));
}
