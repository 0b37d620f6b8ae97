import type { JsonObject } from '../records.ts';
import { countInterval } from '../stats.ts';
import type { CountSeries, RateFit, RateModel } from './baseline.ts';
import { type Better, type Measurement, NO_POINT, type SlotPoint } from './measurement.ts';
import type { JudgedRate } from './rate-metrics.ts';
import { predictDay, type Today, type WindowResult } from './rate-window.ts';

export interface RateSubject {
  entity_type: Measurement['entity_type'];
  series: readonly CountSeries[];
  usable: Uint8Array;
  /** Exposure is a count of days: the metric is the count itself, not a rate. */
  perDay?: boolean;
}

/** What the windows of one series hold. */
export interface FoundRate {
  known: RateFit;
  now: Today;
  best: WindowResult | undefined;
  p: number;
}

/** What the good way's own test says of a series. */
export type BetterOf = (series: CountSeries, model: RateModel, found: FoundRate) => Better | undefined;

/** What was found of one series. A class, since thousands are made a day and few are ever looked at closely. */
export class RateMeasurement implements Measurement {
  readonly entity_type: Measurement['entity_type'];
  readonly entity_key: string;
  readonly metric: string;
  readonly direction: 'up' | 'down';
  readonly current: number;
  readonly expected: number;
  readonly z: number | null;
  readonly p_value: number;
  readonly substantial: boolean;
  readonly bad: 'up' | 'down';
  readonly #subject: RateSubject;
  readonly #series: CountSeries;
  readonly #model: RateModel;
  readonly #weekdayOf: Uint8Array;
  readonly #found: FoundRate;
  readonly #betterOf: BetterOf;

  constructor(
    subject: RateSubject,
    metric: JudgedRate,
    series: CountSeries,
    model: RateModel,
    weekdayOf: Uint8Array,
    found: FoundRate,
    betterOf: BetterOf,
  ) {
    const { now, best, p } = found;
    const unit = subject.perDay ? 1 : now.exposure;
    this.entity_type = subject.entity_type;
    this.entity_key = series.key;
    this.metric = metric.id;
    this.direction = (best ? best.ratio >= 1 : now.count >= now.mean) ? 'up' : 'down';
    this.current = now.count / unit;
    this.expected = now.mean / unit;
    this.z = now.variance > 0 ? (now.count - now.mean) / Math.sqrt(now.variance) : null;
    this.p_value = p;
    this.substantial = best?.substantial ?? false;
    this.bad = metric.bad;
    this.#subject = subject;
    this.#series = series;
    this.#model = model;
    this.#weekdayOf = weekdayOf;
    this.#found = found;
    this.#betterOf = betterOf;
  }

  get interval(): [number, number] {
    return this.#intervalOf(this.#found.now);
  }

  better(): Better | undefined {
    return this.#betterOf(this.#series, this.#model, this.#found);
  }

  evidence(): JsonObject {
    const { known, now, best } = this.#found;
    return {
      count: now.count,
      exposure: now.exposure,
      expected_count: round(now.mean),
      window_days: best?.days ?? 1,
      window_count: best?.count ?? now.count,
      window_expected: round(best?.expected ?? now.mean),
      ratio: round(best?.ratio ?? 1),
      baseline_days: known.slots.length,
      excluded_days: known.excluded,
      dispersion: round(this.#model.dispersion),
      model: this.#model.family === 'count' ? 'negative binomial' : 'beta-binomial',
    };
  }

  at(slot: number): SlotPoint {
    const { usable, perDay } = this.#subject;
    if (!usable[slot] || !((this.#series.exposure[slot] ?? 0) > 0)) return NO_POINT;
    const factor = this.#model.weekday[this.#weekdayOf[slot] ?? 0] ?? 1;
    const day = predictDay(this.#series, slot, this.#found.known, this.#model, factor);
    const unit = perDay ? 1 : day.exposure;
    return { value: day.count / unit, expected: day.mean / unit, interval: this.#intervalOf(day) };
  }

  /** What the day's count is expected between, in the metric's unit. */
  #intervalOf({ mean, variance, exposure }: Today): [number, number] {
    const unit = this.#subject.perDay ? 1 : exposure;
    const [low, high] = countInterval(mean, variance);
    const ceiling = this.#model.family === 'proportion' ? 1 : Number.POSITIVE_INFINITY;
    return [low / unit, Math.min(ceiling, high / unit)];
  }
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
