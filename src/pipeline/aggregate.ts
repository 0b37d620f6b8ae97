import type { Clock, RollupStore } from './ports.ts';

export interface AggregateReport {
  /** Distinct (date, surface) buckets that were recomputed. */
  buckets: number;
  /** The days they lie on, in order. */
  dates: string[];
  /** First and last day that has rollups now; null when there is none. */
  span: { first: string; last: string } | null;
  seconds: number;
}

/** Brings the daily rollups in step with the events stored so far. Safe at any time and from any process. */
export async function aggregate({
  rollups,
  clock,
}: {
  rollups: Pick<RollupStore, 'aggregateDirty' | 'dateSpan'>;
  clock: Clock;
}): Promise<AggregateReport> {
  const started = clock();
  const { buckets, dates } = await rollups.aggregateDirty();
  return { buckets, dates, span: await rollups.dateSpan(), seconds: (clock() - started) / 1000 };
}
