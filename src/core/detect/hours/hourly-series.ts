/** One metric of one surface, hour by hour: what its model makes of the hour, and the episode people are told of. */
import { formatCount, formatPercent } from '../../facts/render.ts';
import { countInterval } from '../../stats.ts';
import type { Calendar } from '../series/calendar.ts';
import type { CountSurprise } from '../series/count-model.ts';
import { Episode } from '../series/episode.ts';
import { durationWords, HOUR } from '../series/grain.ts';
import type { SeriesPoint } from '../series/point.ts';
import type { StateReader, StateWriter } from '../series/state.ts';
import { formatCounts } from '../series/words.ts';
import type { HourlyFinding } from './hourly-finding.ts';
import { type Basis, type Counted, countedOf, type HourlyMetric, isExposed, isWorthIt } from './hourly-metrics.ts';
import { LearnedCounts } from './learned-counts.ts';

/** Judged hours in line that end an episode. */
const QUIET_HOURS = 3;
/** Just not enough to begin an episode. */
const NOT_ENOUGH = 0.99;

export interface WeighedHour {
  series: HourlySeries;
  point: SeriesPoint;
  basis: Basis;
  surprise: CountSurprise;
  /** The hours that speak loudest, the last one among them, and that one alone. */
  window: Counted;
  hour: Counted;
  /** Whether it counts among the tick's tests, and the probability it brings to them. */
  tested: boolean;
  probability: number;
  /** Evidence for something bad that is worth interrupting for, over what begins an episode. */
  strength: number;
}

type SeriesFinding = Omit<HourlyFinding, 'surface'>;

export class HourlySeries {
  private readonly metric: HourlyMetric;
  private readonly calendar: Calendar;
  private counts: LearnedCounts | undefined;
  private readonly told = new Episode(QUIET_HOURS);
  /** Start of the last hour that was part of an episode. */
  private toldUntil = Number.NEGATIVE_INFINITY;

  constructor(metric: HourlyMetric, calendar: Calendar) {
    this.metric = metric;
    this.calendar = calendar;
  }

  /** @param surge see isWorthIt. */
  weigh(point: SeriesPoint, basis: Basis, surge: number): WeighedHour {
    const { metric } = this;
    this.counts ??= LearnedCounts.from(point, this.calendar);
    const surprise = this.counts.model.weigh(point);
    const window = countedOf(metric, surprise.found);
    const hour = countedOf(metric, { value: point.value, total: point.total ?? 0, mean: surprise.expected });
    const bad = (surprise.way === 'High') === (metric.bad === 'up');
    // What began an episode must be worth it; what goes on need not pass the same floors hour after hour.
    const open = this.told.open !== undefined;
    const worth = open || isWorthIt(metric, window, surge);
    // However bad the hours before it were: one that is in line itself begins no episode, and helps to end one. Nor do
    // hours that were told begin another.
    const echo = !open && point.at - surprise.found.buckets * HOUR < this.toldUntil;
    const strength = leans(metric, hour, window) && !echo ? surprise.strength : surprise.alone;
    return {
      series: this,
      point,
      basis,
      surprise,
      window,
      hour,
      tested: this.counts.model.ready && isExposed(metric, window),
      probability: bad ? surprise.probability : 1,
      strength: bad && worth && this.counts.model.ready ? strength : 0,
    };
  }

  /** Takes an hour in. @param significant among the tick's tests. */
  place(weighed: WeighedHour, significant: boolean): SeriesFinding | undefined {
    const { point, surprise, strength } = weighed;
    this.counts?.learn(point.at, surprise);
    const enough = significant || this.told.open !== undefined ? strength : Math.min(strength, NOT_ENOUGH);
    const { since, age } = this.told.place(point.at, enough);
    if (since === undefined) return undefined;
    this.toldUntil = point.at;
    if (this.told.open === undefined) return this.finding(weighed, 'recovered', since, age);
    if (age === 0) return this.finding(weighed, 'onset', since, age);
    return strength >= 1 ? this.finding(weighed, 'ongoing', since, age) : undefined;
  }

  save(to: StateWriter): void {
    this.told.save(to);
    to.numbers(this.toldUntil, this.counts ? 1 : 0);
    this.counts?.save(to);
  }

  restore(from: StateReader): void {
    this.told.restore(from);
    this.toldUntil = from.number();
    this.counts = from.number() === 1 ? LearnedCounts.restore(from, this.calendar) : undefined;
  }

  private finding(weighed: WeighedHour, state: HourlyFinding['state'], since: number, age: number): SeriesFinding {
    const { metric } = this;
    const { point, hour, surprise, strength } = weighed;
    const total = point.total ?? 0;
    const scale = metric.id === 'traffic' ? 1 : 1 / hour.exposure;
    const countAt = (mean: number): number => countedOf(metric, { value: point.value, total, mean }).expected;
    return {
      hour: point.at,
      metric: metric.id,
      direction: metric.bad,
      current: hour.value * scale,
      expected: hour.expected * scale,
      lower: countAt(surprise.lower) * scale,
      upper: countAt(surprise.upper) * scale,
      score: 1 - 2 ** -strength,
      state,
      since,
      reason: this.explain(weighed, state, since, age),
    };
  }

  private explain(weighed: WeighedHour, state: HourlyFinding['state'], since: number, age: number): string {
    const { calendar, metric } = this;
    const { point, hour, surprise, window, basis } = weighed;
    const began = calendar.label(since);
    if (state === 'recovered') {
      const accepted = this.counts !== undefined && age > this.counts.model.acceptAfter;
      return `${describe(metric, hour, basis)}: ${accepted ? 'now taken for the new normal' : 'back to normal'} after an episode that began ${began}.`;
    }
    const { buckets, mean, variance } = surprise.found;
    const [lower, upper] = buckets > 1 ? countInterval(mean, variance) : [surprise.lower, surprise.upper];
    const of = buckets > 1 ? surprise.found : { value: point.value, total: point.total ?? 0 };
    const expectedOf = (count: number): number => countedOf(metric, { ...of, mean: count }).expected;
    const range = formatCounts(expectedOf(lower), expectedOf(upper));
    const over = buckets > 1 ? ` over the last ${durationWords(buckets * HOUR)}` : '';
    const told = `${describe(metric, buckets > 1 ? window : hour, basis)}${over}, expected ${range}`;
    return state === 'onset' ? `${told} for ${calendar.hourOfWeek(point.at)}.` : `${told}; the episode began ${began}.`;
  }
}

/** Whether the hour by itself is off by as much as matters, and by half (of the logarithm) of what all of them are. */
function leans({ bad, minRatio }: HourlyMetric, hour: Counted, window: Counted): boolean {
  const ratio = ({ value, expected }: Counted): number => (bad === 'up' ? value / expected : expected / value);
  return ratio(hour) >= Math.max(minRatio, Math.sqrt(ratio(window)));
}

function describe({ id }: HourlyMetric, { value, exposure }: Counted, basis: Basis): string {
  const unit = basis === 'pageviews' ? 'views' : 'requests';
  switch (id) {
    case 'error_rate':
      return `${formatCount(value)} errors in ${formatCount(exposure)} ${unit}`;
    case 'failure_rate':
      return `${formatCount(value)} of ${formatCount(exposure)} requests failed`;
    case 'dropoff_rate':
      return `${formatCount(value)} drop-offs in ${formatCount(exposure)} views`;
    case 'traffic':
      return `${formatCount(value)} ${unit}, ${formatPercent(value / exposure)} of the product's`;
  }
}
