/** A result as the contract's `rows`. */
import type { JsonObject } from '../../records.ts';
import type { Figure, ResultRow } from '../metric-result.ts';
import type { MetricAsked } from './asked.ts';
import { contractValue } from './figure-words.ts';

/** One object a row: the group's values by dimension, the bucket's start, the value and what it rests on. */
export function metricRows({ query, metric, result, setting }: MetricAsked): JsonObject[] {
  const value = (figure: Figure | null): number | null =>
    figure === null ? null : contractValue(figure.value, metric, setting.currency);
  const partOf = (part: number | null): number | null => contractValue(part, metric, setting.currency);
  return result.rows.map((row: ResultRow) => ({
    ...row.key,
    ...(row.bucket === null ? {} : { bucket: row.bucket, partial: row.partial }),
    value: value(row.figure),
    ...(row.figure.denominator === null
      ? {}
      : { numerator: partOf(row.figure.numerator), denominator: row.figure.denominator }),
    sample: row.figure.sample,
    ...(query.compare === null ? {} : { compare_value: value(row.compared) }),
  }));
}
