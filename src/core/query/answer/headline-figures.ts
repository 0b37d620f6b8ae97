import type { Metric } from '../../catalogue/define.ts';
import { kindOf } from '../../catalogue/index.ts';
import type { CheckedQuery } from '../metric-query.ts';
import type { Figure, MetricResult, ResultRow } from '../metric-result.ts';

/**
 * The figures an answer leads with. A distinct count per day is told by its average complete bucket ("605 active users
 * a day"): buckets do not add up. Everything else by the whole window.
 */
export function headlineFigures(
  { grain, group_by }: Pick<CheckedQuery, 'grain' | 'group_by'>,
  metric: Metric,
  { rows, total }: MetricResult,
): MetricResult['total'] {
  if (grain === null || group_by.length > 0 || kindOf(metric) !== 'distinct') return total;
  const figure = averageOf(rows, (row) => row.figure);
  return figure === null ? total : { figure, compared: averageOf(rows, ({ compared }) => compared) };
}

/** Mean over the complete buckets; null where there is none. */
function averageOf(rows: readonly ResultRow[], of: (row: ResultRow) => Figure | null): Figure | null {
  const figures = wholeBuckets(rows).flatMap((row) => {
    const figure = of(row);
    return figure === null || figure.value === null ? [] : [{ value: figure.value, sample: figure.sample }];
  });
  if (figures.length === 0) return null;
  const mean = (key: 'value' | 'sample'): number => figures.reduce((sum, one) => sum + one[key], 0) / figures.length;
  return { value: mean('value'), numerator: null, denominator: null, sample: mean('sample') };
}

/** Without what is cut off or not over. */
export const wholeBuckets = (rows: readonly ResultRow[]): readonly ResultRow[] =>
  rows.filter(({ partial }) => !partial);
