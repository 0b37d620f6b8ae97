/** The simple detectors ours is held against, on the same rows: each judges every rate of every surface by itself. */
import { mean, median, sampleStandardDeviation } from 'simple-statistics';
import type { Alert } from '../src/core/backtest/episodes.ts';
import type { SurfaceDay } from '../src/core/records.ts';
import { addDays, dayNumber } from '../src/core/window.ts';

/** Sums up to `range` days (oldest first) and the judged value into a number of deviations. */
type Deviation = (before: readonly number[], today: number) => number;

const BASELINE_DAYS = 28;
const MIN_DAYS = 14;

const METRICS: readonly { id: string; bad: 1 | -1; value: (row: SurfaceDay) => number | null }[] = [
  { id: 'error_rate', bad: 1, value: (row) => per(row.errors, row.pageviews) },
  { id: 'dropoff_rate', bad: 1, value: (row) => per(row.dropoffs, row.pageviews) },
  { id: 'ticket_rate', bad: 1, value: (row) => per(row.tickets, row.pageviews) },
  { id: 'conversion_rate', bad: -1, value: (row) => per(row.actions, row.pageviews) },
  { id: 'failure_rate', bad: 1, value: (row) => per(row.request_failures, row.requests) },
  { id: 'latency_p95', bad: 1, value: (row) => row.latency_p95 },
];

const per = (count: number, exposure: number): number | null => (exposure > 0 ? count / exposure : null);

/** |x - median| / (1.4826 MAD) over 28 days: Iglewicz and Hoaglin (1993) call more than 3.5 an outlier. */
export const medianDeviation: Deviation = (before, today) => {
  const centre = median([...before]);
  const spread = 1.4826 * median(before.map((value) => Math.abs(value - centre)));
  return spread > 0 ? (today - centre) / spread : 0;
};

/** Exponentially weighted mean with weight 0.3 up to today, over its own limit width sd √(0.3 / 1.7) (Roberts 1959). */
export const movingAverage: Deviation = (before, today) => {
  const centre = mean([...before]);
  const spread = sampleStandardDeviation([...before]);
  const smooth = [...before.slice(-10), today].reduce((level, value) => 0.7 * level + 0.3 * value, centre);
  return spread > 0 ? (smooth - centre) / (spread * Math.sqrt(0.3 / 1.7)) : 0;
};

/** Flags every metric that deviates the bad way by more than `limit`. */
export function flagByDeviation(
  rows: readonly SurfaceDay[],
  judgedFrom: string,
  limit: number,
  deviation: Deviation,
): Alert[] {
  const bySurface = new Map<string, SurfaceDay[]>();
  for (const row of rows) {
    const own = bySurface.get(row.surface);
    if (own) own.push(row);
    else bySurface.set(row.surface, [row]);
  }
  const alerts: Alert[] = [];
  for (const [surface, own] of bySurface) {
    own.sort((a, b) => (a.date < b.date ? -1 : 1));
    for (const { id, bad, value } of METRICS) {
      const series = own.flatMap((row) => {
        const known = value(row);
        return known === null ? [] : [{ date: row.date, day: dayNumber(row.date), value: known }];
      });
      series.forEach(({ date, day, value: today }, index) => {
        if (date < judgedFrom) return;
        const before = series
          .slice(Math.max(0, index - BASELINE_DAYS), index)
          .filter((point) => day - point.day <= BASELINE_DAYS)
          .map((point) => point.value);
        if (before.length < MIN_DAYS || bad * deviation(before, today) <= limit) return;
        alerts.push({ date, entity_type: 'surface', entity_key: surface, metric: id });
      });
    }
  }
  return alerts;
}

/** Alarms by chance: each surface flagged with this probability a day. What a match by time alone is worth. */
export function flagAtRandom(
  surfaces: readonly string[],
  judged: { start: string; days: number },
  probability: number,
  uniform: () => number,
): Alert[] {
  return surfaces.flatMap((surface) =>
    Array.from({ length: judged.days }, (_, day) => addDays(judged.start, day))
      .filter(() => uniform() < probability)
      .map((date) => ({ date, entity_type: 'surface' as const, entity_key: surface, metric: 'error_rate' })),
  );
}
