/** A judged metric of one page and day as people read it, from the day's row. */
import { unitOf } from '../facts/fact.ts';
import { formatCount, formatMilliseconds, formatPercent } from '../facts/render.ts';
import type { SurfaceDay } from '../records.ts';

/** What the judge counts, over what. */
const RATES: Readonly<Record<string, readonly [count: keyof SurfaceDay, exposure: keyof SurfaceDay]>> = {
  error_rate: ['errors', 'pageviews'],
  dropoff_rate: ['dropoffs', 'pageviews'],
  ticket_rate: ['tickets', 'pageviews'],
  conversion_rate: ['actions', 'pageviews'],
  failure_rate: ['request_failures', 'requests'],
};
const COUNTS = new Set<keyof SurfaceDay>(['pageviews', 'requests', 'errors']);

/** "8.3%", "2.4 s", "1,780"; null where the row does not tell it: without exposure a rate is unknown, never 0. */
export function dayFigure(metric: string, day: SurfaceDay): string | null {
  const rate = RATES[metric];
  if (rate) {
    const [count, exposure] = [Number(day[rate[0]]), Number(day[rate[1]])];
    return exposure > 0 ? formatPercent(count / exposure) : null;
  }
  if (unitOf(metric) === 'ms') return day.latency_p95 === null ? null : formatMilliseconds(day.latency_p95);
  const counted = [...COUNTS].find((name) => name === metric);
  return counted === undefined ? null : formatCount(Number(day[counted]));
}
