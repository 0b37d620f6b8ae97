/** What a finding cost beyond normal days: Σ(observed − expected) over its episode, and what that is worth. */
import type { Measure, SurfaceHistory } from '../detect/history.ts';
import type { Measurement } from '../detect/measurement.ts';
import type { Impact, Loss } from '../records.ts';

/** What each metric counts, and over what where it is a rate. */
const COUNTED: Readonly<Record<string, { counts: Measure; over?: Measure }>> = {
  error_rate: { counts: 'errors', over: 'pageviews' },
  errors: { counts: 'errors' },
  dropoff_rate: { counts: 'dropoffs', over: 'pageviews' },
  ticket_rate: { counts: 'tickets', over: 'pageviews' },
  failure_rate: { counts: 'request_failures', over: 'requests' },
  conversion_rate: { counts: 'actions', over: 'pageviews' },
  pageviews: { counts: 'pageviews' },
  requests: { counts: 'requests' },
};

/** Where in the history an episode lies: its last, judged day and how many days it has lasted. */
export interface EpisodeAt {
  slot: number;
  days: number;
}

/**
 * The episode's excess in events, and the judged day's. Low and high come from the range a normal day falls in (95%),
 * with the days taken as fully dependent, which is the widest they can be; never below 0. Days without data count for
 * nothing. Null for what is no count (latency, surfaces) and where nothing is known of what to expect.
 * @param surface undefined for an error signature, whose measurement holds the counts themselves.
 */
export function impactOf(measurement: Measurement, surface: SurfaceHistory | undefined, at: EpisodeAt): Impact | null {
  const counted = COUNTED[measurement.metric];
  const { expected, interval } = measurement;
  if (!counted || expected === null || !interval) return null;
  const low = expected > 0 ? interval[0] / expected : 1;
  const high = expected > 0 ? interval[1] / expected : 1;
  const sign = measurement.bad === 'up' ? 1 : -1;
  const excessOver = (days: number): { days: number; excess: number; low: number; high: number } => {
    let seen = 0;
    let observed = 0;
    let normal = 0;
    for (let slot = Math.max(0, at.slot - days + 1); slot <= at.slot; slot++) {
      const point = measurement.at(slot);
      if (point.value === null || point.expected === null) continue;
      const scale = counted.over ? (surface?.measures[counted.over][slot] ?? 0) : 1;
      observed += point.value * scale;
      normal += point.expected * scale;
      seen++;
    }
    const beyond = (factor: number): number => Math.max(0, sign * (observed - normal * factor));
    const ends = [beyond(low), beyond(high)].sort((a, b) => a - b);
    return { days: seen, excess: beyond(1), low: ends[0] ?? 0, high: ends[1] ?? 0 };
  };
  const { days: _, ...day } = excessOver(1);
  return { counts: counted.counts, ...day, episode: excessOver(at.days) };
}

/** Days before the episode whose revenue says what one action or one view brings in. */
const WORTH_DAYS = 28;
/** Fewer than this many say nothing of an average. */
const MIN_COUNT = 30;
const HOURS = 24;

/**
 * What missing actions or views cost in revenue, in major units: the episode's shortfall × what one of them brought in
 * on average over the 28 days before it, on the same surface. The unit value is stated, and only revenue events of the
 * surface enter it. This is the product's one estimate of a loss; revenue at risk is exposure (what the accounts hit
 * that day pay a month by their latest revenue event) and is never called one.
 * Undefined where nothing is missing, or where the surface brought in no revenue.
 */
export function lossOf(
  measurement: Measurement,
  surface: SurfaceHistory | undefined,
  at: EpisodeAt,
  minorUnits: number,
): Loss | undefined {
  if (!surface || (measurement.metric !== 'conversion_rate' && measurement.metric !== 'pageviews')) return undefined;
  const episode = impactOf(measurement, surface, at)?.episode;
  if (!episode || episode.excess <= 0) return undefined;
  const of = measurement.metric === 'conversion_rate' ? 'actions' : 'pageviews';
  const before = at.slot - at.days + 1;
  let revenue = 0;
  let count = 0;
  for (let slot = Math.max(0, before - WORTH_DAYS); slot < before; slot++) {
    revenue += surface.rows[slot]?.revenue ?? 0;
    count += surface.measures[of][slot] ?? 0;
  }
  if (count < MIN_COUNT || revenue <= 0) return undefined;
  const worth = revenue / count / minorUnits;
  const days = Math.max(1, episode.days);
  return {
    of,
    missing: episode.excess,
    unit_value: worth,
    sample: count,
    amount: episode.excess * worth,
    low: episode.low * worth,
    high: episode.high * worth,
    per_day: (episode.excess * worth) / days,
    per_hour: (episode.excess * worth) / days / HOURS,
  };
}
