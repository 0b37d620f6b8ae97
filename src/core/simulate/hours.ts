/** Hours of a day that was drawn as a whole, so that both grains tell the same story. */
import type { SurfaceDay } from '../records.ts';
import { createRng, type Rng } from './rng.ts';
import { binomial, gammaFactor } from './samplers.ts';

const COUNTS = ['pageviews', 'actions', 'dropoffs', 'errors', 'tickets', 'requests', 'request_failures'] as const;

export interface SurfaceHour extends Pick<SurfaceDay, (typeof COUNTS)[number] | 'date' | 'surface'> {
  /** 0-23. */
  hour: number;
}

/** Share of a day's traffic by hour: a night, a morning, a dip at lunch, an evening. */
const DAY_SHAPE = [
  1.2, 0.8, 0.6, 0.5, 0.6, 1.0, 2.0, 3.6, 5.6, 7.0, 7.4, 7.2, 6.2, 6.6, 7.2, 7.2, 6.8, 6.0, 5.2, 4.8, 4.4, 3.8, 2.8,
  1.7,
];
/** Relative variance of an hour's share from day to day. */
const HOUR_DISPERSION = 0.02;

/** Each row's 24 hours, oldest first: every count adds up to the day's, and none passes what it is a share of. */
export function simulateHours(rows: readonly SurfaceDay[], seed: number): SurfaceHour[] {
  return rows.flatMap((row) => {
    const rng = createRng(seed, `hours ${row.date} ${row.surface}`);
    const hours = DAY_SHAPE.map((_, hour) => emptyHour(row, hour));
    const busy = DAY_SHAPE.map((share) => share * gammaFactor(rng, HOUR_DISPERSION));
    spread(rng, hours, 'pageviews', row.pageviews, busy);
    spread(rng, hours, 'requests', row.requests, busy);
    const views = hours.map(({ pageviews }) => pageviews);
    const calls = hours.map(({ requests }) => requests);
    // What a view or call brings comes in the hour of that view or call.
    const exposure = row.pageviews > 0 ? views : calls;
    for (const measure of ['errors', 'tickets'] as const) spread(rng, hours, measure, row[measure], exposure);
    for (const measure of ['actions', 'dropoffs'] as const) spread(rng, hours, measure, row[measure], exposure, true);
    spread(rng, hours, 'request_failures', row.request_failures, calls, true);
    return hours;
  });
}

function emptyHour({ date, surface }: SurfaceDay, hour: number): SurfaceHour {
  const zero = { pageviews: 0, actions: 0, dropoffs: 0, errors: 0, tickets: 0, requests: 0, request_failures: 0 };
  return { date, surface, hour, ...zero };
}

/**
 * A multinomial draw by binomials, hour after hour.
 * @param capped an hour takes no more than its weight, where the day does not either.
 */
function spread(
  rng: Rng,
  hours: readonly SurfaceHour[],
  measure: (typeof COUNTS)[number],
  total: number,
  weights: readonly number[],
  capped = false,
): void {
  let left = total;
  let weight = weights.reduce((sum, value) => sum + value, 0);
  const even = weight <= 0;
  const bounded = capped && total <= weight;
  hours.forEach((row, hour) => {
    const own = even ? 1 : (weights[hour] ?? 0);
    const rest = even ? hours.length - hour : weight;
    const chance = hour === hours.length - 1 ? 1 : Math.min(1, own / Math.max(own, rest, 1e-9));
    const drawn = binomial(rng, left, chance);
    weight -= own;
    row[measure] = bounded ? Math.min(own, Math.max(left - weight, drawn)) : drawn;
    left -= row[measure];
  });
}
