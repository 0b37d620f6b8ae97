/** One metric of one surface, hour by hour: what its model makes of the hour, and the episode people are told of. */
import { formatCount, formatPercent } from '../../facts/render.ts';
import { countInterval } from '../../stats.ts';
import type { Calendar } from '../series/calendar.ts';
import type { CountSurprise } from '../series/count-model.ts';
import { durationWords, HOUR } from '../series/grain.ts';
import type { SeriesPoint } from '../series/point.ts';
import type { StateReader, StateWriter } from '../series/state.ts';
import { formatCounts } from '../series/words.ts';
import { figuresOf } from './hour-figures.ts';
import type { HourlyFinding, ToldFinding } from './hourly-finding.ts';
import { type Basis, type Counted, countedOf, type HourlyMetric, isExposed, isWorthIt } from './hourly-metrics.ts';
import { LearnedCounts } from './learned-counts.ts';
import { createTellings, type Telling } from './telling.ts';

/**
 * Share of false ones among the episodes that begin. With nothing wrong that is the chance of an hour to raise any, and
 * there are 720 hours a month: a tenth, as by the day, would ring three times a day.
 */
const FALSE_DISCOVERIES = 0.0005;
/** Enough to begin an episode under any bar. */
const PLENTY = 10;
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
  /** Whether enough was learned to expect anything. */
  ready: boolean;
  /** Whether it counts among the tick's tests, and the probability it brings to them. */
  tested: boolean;
  probability: number;
  /** At each setting: evidence for something bad that is worth interrupting for, over what begins an episode. */
  strengths: readonly number[];
}

/** What a setting makes of an hour: its strength, and as much of it as may count. */
interface Told {
  telling: Telling;
  strength: number;
  bar: number;
}

type SeriesFinding = Omit<ToldFinding, 'surface'>;

export class HourlySeries {
  readonly metric: HourlyMetric;
  private readonly calendar: Calendar;
  private counts: LearnedCounts | undefined;
  private readonly tellings: readonly Telling[];

  constructor(metric: HourlyMetric, calendar: Calendar) {
    this.metric = metric;
    this.calendar = calendar;
    this.tellings = createTellings(metric);
  }

  /** @param surge see isWorthIt. */
  weigh(point: SeriesPoint, basis: Basis, surge: number): WeighedHour {
    const { metric } = this;
    this.counts ??= LearnedCounts.from(point, this.calendar);
    const surprise = this.counts.model.weigh(point);
    const window = countedOf(metric, surprise.found);
    const hour = countedOf(metric, { value: point.value, total: point.total ?? 0, mean: surprise.expected });
    const bad = (surprise.way === 'High') === (metric.bad === 'up');
    const { ready } = this.counts.model;
    const found = { surprise, window, hour, surge, at: point.at };
    const strengths = this.tellings.map((telling) => (bad && ready ? this.strengthAt(telling, found) : 0));
    return {
      series: this,
      point,
      basis,
      surprise,
      window,
      hour,
      ready,
      tested: ready && isExposed(metric, window),
      probability: bad ? surprise.probability : 1,
      strengths,
    };
  }

  /** Takes an hour in. @param q of its probability among the tick's tests; 1 where it is none of them. */
  place(weighed: WeighedHour, q: number): SeriesFinding[] {
    const { point, surprise, strengths } = weighed;
    this.counts?.learn(point.at, surprise);
    const [quiet, normal, eager] = this.tellings.map((telling, index): Told => {
      const strength = strengths[index] ?? 0;
      const enough = telling.isOpen || q <= FALSE_DISCOVERIES * telling.chance;
      return { telling, strength, bar: enough ? strength : Math.min(strength, NOT_ENOUGH) };
    });
    if (!quiet || !normal || !eager) return [];
    const told = this.tell(weighed, normal);
    const strange = told !== undefined && told.state !== 'recovered';
    return [
      this.tell(weighed, normal.telling.isOpen ? quiet : { ...quiet, bar: Math.min(quiet.bar, NOT_ENOUGH) }),
      told,
      this.tell(weighed, strange ? { ...eager, strength: normal.strength, bar: PLENTY } : eager),
    ].flatMap((finding) => finding ?? []);
  }

  save(to: StateWriter): void {
    for (const telling of this.tellings) telling.save(to);
    to.number(this.counts ? 1 : 0);
    this.counts?.save(to);
  }

  restore(from: StateReader): void {
    for (const telling of this.tellings) telling.restore(from);
    this.counts = from.number() === 1 ? LearnedCounts.restore(from, this.calendar) : undefined;
  }

  /** What began an episode must be worth it; what goes on need not pass the same floors hour after hour. */
  private strengthAt(
    { metric, isOpen, toldUntil }: Telling,
    {
      surprise,
      window,
      hour,
      surge,
      at,
    }: { surprise: CountSurprise; window: Counted; hour: Counted; surge: number; at: number },
  ): number {
    if (!isOpen && !isWorthIt(metric, window, surge)) return 0;
    // However bad the hours before it were: one that is in line itself begins no episode, and helps to end one. Nor do
    // hours that were told begin another.
    const echo = !isOpen && at - surprise.found.buckets * HOUR < toldUntil;
    return leans(this.metric, hour, window) && !echo ? surprise.strength : surprise.alone;
  }

  private tell(weighed: WeighedHour, { telling, strength, bar }: Told): SeriesFinding | undefined {
    const { at } = weighed.point;
    const { since, age } = telling.episode.place(at, bar);
    if (since === undefined) return undefined;
    telling.toldUntil = at;
    const state = !telling.isOpen ? 'recovered' : age === 0 ? 'onset' : 'ongoing';
    if (state === 'ongoing' && bar < 1) return undefined;
    return { ...this.finding(weighed, strength, state, since, age), sensitivity: telling.level };
  }

  private finding(
    weighed: WeighedHour,
    strength: number,
    state: HourlyFinding['state'],
    since: number,
    age: number,
  ): Omit<SeriesFinding, 'sensitivity'> {
    const { metric } = this;
    return {
      hour: weighed.point.at,
      metric: metric.id,
      direction: metric.bad,
      ...figuresOf(metric, weighed),
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
