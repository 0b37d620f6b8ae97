/** Closed queries that confirm or refute, and what came of them. */
import type { MetricQuery } from '../../query/metric-query.ts';
import type { MetricResult } from '../../query/metric-result.ts';

export type CheckId =
  | 'spread'
  | 'errors-by-page'
  | 'views-by-page'
  | 'rate-by-release'
  | 'releases-before'
  | 'rate-by-platform'
  | 'errors-by-signature'
  | 'events-by-account'
  | 'requests-by-status'
  | 'failures-by-endpoint'
  | 'latency'
  | 'requests'
  | 'actions'
  | 'orders'
  | 'all-orders'
  | 'order-value'
  | 'tickets-by-topic'
  | 'release-start'
  | 'release-elsewhere'
  | 'release-errors';

export interface PlannedCheck {
  id: CheckId;
  /** What is asked, in words. */
  asked: string;
  query: MetricQuery;
}

/** Events and what they are divided by; exposure 0 for a plain count or a level. */
export interface Volume {
  count: number;
  exposure: number;
}

/** One group of an answer. */
export interface Part {
  /** Of the one dimension that was asked for; null where the events name none, or none was asked for. */
  value: string | null;
  bucket: string | null;
  now: Volume;
  before: Volume;
}

export interface CheckAnswer {
  parts: readonly Part[];
  total: Part;
}

/** By check; one that failed or was not asked is not in it, which is "no data" and never zero. */
export type CheckAnswers = ReadonlyMap<CheckId, CheckAnswer>;

type Figures = MetricResult['total'];

/** An answer of the metric store by its one dimension. */
export function readAnswer({ metric, group_by: [dimension] }: MetricQuery, result: MetricResult): CheckAnswer {
  const isLevel = LEVELS.has(metric ?? '');
  const partOf = (value: string | null, { figure, compared }: Figures): Part => ({
    value,
    bucket: null,
    now: volumeOf(figure, isLevel),
    before: compared === null ? NOTHING : volumeOf(compared, isLevel),
  });
  return {
    parts: result.rows.map(({ key, bucket, figure, compared }) => ({
      ...partOf(dimension === undefined ? null : (key[dimension] ?? null), { figure, compared }),
      bucket,
    })),
    total: partOf(null, result.total),
  };
}

/** Told with how many they rest on; a count rests on itself. */
const LEVELS = new Set(['latency_p95', 'aov']);

const NOTHING: Volume = { count: 0, exposure: 0 };

/** A ratio by its parts, a level over its sample, a count over nothing. */
function volumeOf({ value, numerator, denominator, sample }: Figures['figure'], isLevel: boolean): Volume {
  if (isLevel) return { count: value ?? 0, exposure: value === null ? 0 : sample };
  if (denominator !== null) return { count: numerator ?? 0, exposure: denominator };
  return { count: value ?? 0, exposure: 0 };
}
