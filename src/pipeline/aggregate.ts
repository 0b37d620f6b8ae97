import type { Clock, CountStore, HourStore, RollupStore } from './ports.ts';

export interface AggregateReport {
  /** Distinct (date, surface) buckets that were recomputed. */
  buckets: number;
  /** The days they lie on, in order. */
  dates: string[];
  /** Hours that were recomputed, of recent days. */
  hours: number;
  /** First and last day that has rollups now; null when there is none. */
  span: { first: string; last: string } | null;
  seconds: number;
}

/** Brings the daily and hourly rollups, and the counts that questions are answered from, in step with the events stored so far. Safe at any time and from any process. */
export async function aggregate({
  stores: { rollups, hours: hourly, counts },
  clock,
}: {
  stores: {
    rollups: Pick<RollupStore, 'aggregateDirty' | 'dateSpan'>;
    hours: Pick<HourStore, 'aggregateDirty'>;
    counts: CountStore;
  };
  clock: Clock;
}): Promise<AggregateReport> {
  const started = clock();
  const { buckets, dates } = await rollups.aggregateDirty();
  const { hours } = await hourly.aggregateDirty();
  await counts.aggregateDirty();
  return { buckets, dates, hours, span: await rollups.dateSpan(), seconds: (clock() - started) / 1000 };
}
