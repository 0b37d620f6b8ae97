/** What the hourly judge expects of a page hour by hour, also of hours that it has nothing to tell of. */
import type { HourlyMaintenance } from '../../maintenance.ts';
import type { HourHistory } from '../hour-history.ts';
import { createCalendar } from '../series/calendar.ts';
import { figuresOf } from './hour-figures.ts';
import type { HourlyMetricId } from './hourly-finding.ts';
import { ProductHours } from './product-hours.ts';
import { JudgedSurface } from './surface-hours.ts';

export interface ExpectedHour {
  /** Start of the hour, epoch milliseconds. */
  hour: number;
  expected: number;
  lower: number;
  upper: number;
}

/**
 * Goes through the hours as the judge does and keeps what it only uses: each hour is expected from those before it
 * alone. Begin weeks before the hours that matter: while the models learn nothing is expected, and an hour that is not
 * judged (no data, an ingest gap, maintenance) has none either.
 * @param history with the totals of all pages, by which gaps and shares of traffic are known.
 */
export function expectHours(
  history: HourHistory,
  { surface, metric, timezone, maintenance }: ExpectedOf,
): ExpectedHour[] {
  const calendar = createCalendar(timezone);
  const product = new ProductHours(calendar);
  const judged = new JudgedSurface(calendar);
  const columns = history.surfaces.find((one) => one.surface === surface);
  return history.hours.flatMap((bucket, slot): ExpectedHour[] => {
    const at = bucket.start;
    const isAway = maintenance.covers(surface, bucket) && judged.pause(at);
    if (maintenance.coversAll(bucket) || history.hasData[slot] !== 1) return [];
    const whole = product.judge(history.totals, slot, at);
    if (isAway || maintenance.covers(surface, bucket)) return [];
    return judged.weigh(columns, { history, slot, at, product: whole }, metric).flatMap((weighed) => {
      weighed.series.place(weighed, 1);
      if (!weighed.ready) return [];
      const { expected, lower, upper } = figuresOf(weighed.series.metric, weighed);
      return [{ hour: at, expected, lower, upper }];
    });
  });
}

interface ExpectedOf {
  surface: string;
  metric: HourlyMetricId;
  /** IANA zone of the hours of the week. */
  timezone: string;
  maintenance: HourlyMaintenance;
}
