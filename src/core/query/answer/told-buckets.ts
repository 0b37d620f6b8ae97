/** Buckets as an answer tells them: what data or time cuts is marked, what nothing can be known of is left out. */
import type { MetricResult, ResultRow } from '../metric-result.ts';

/** The bucket in which data begins is cut as much as one that is not over. */
export function cutByFirstDay(result: MetricResult): MetricResult {
  const { first_date: first } = result;
  if (first === null) return result;
  const isCut = ({ bucket }: ResultRow): boolean => bucket !== null && bucket.slice(0, 10) < first;
  return { ...result, rows: result.rows.map((row) => (isCut(row) ? { ...row, partial: true } : row)) };
}

/** Without those of no figure at either end: before data began, and still to come. */
export function toldBuckets(rows: readonly ResultRow[]): readonly ResultRow[] {
  const isTold = ({ partial, figure, compared }: ResultRow): boolean =>
    !partial || figure.value !== null || (compared !== null && compared.value !== null);
  const first = rows.findIndex(isTold);
  return first === -1 ? [] : rows.slice(first, rows.findLastIndex(isTold) + 1);
}
