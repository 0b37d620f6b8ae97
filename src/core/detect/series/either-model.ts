/**
 * Values without a total in buckets of an hour and more: whole numbers from 0 that vary at least about as much as
 * chance makes counts vary are counts; anything else is readings. Both models learn, so that the first fraction or
 * negative number moves the series over without a new start. Shorter buckets are readings: within minutes, counts
 * come in bursts that no distribution of counts describes.
 */
import type { Calendar } from './calendar.ts';
import { CountModel } from './count-model.ts';
import type { SeriesModel, SeriesPoint, Surprise } from './point.ts';
import { ValueModel } from './value-model.ts';

/** Less than this part of the variance of a Poisson, and it is no count. */
const LEAST_VARIANCE = 0.25;
const SETTLED = 1000;

export class EitherModel implements SeriesModel {
  readonly quietAfter: number;
  readonly acceptAfter: number;
  private readonly counts: CountModel;
  private readonly values: ValueModel;
  private whole = true;
  private seen = 0;
  private mean = 0;
  private variance = 0;
  private last: number;

  constructor(first: SeriesPoint, grain: number, calendar: Calendar) {
    this.counts = new CountModel(first, grain, calendar);
    this.values = new ValueModel(first.value, grain, calendar);
    this.quietAfter = this.counts.quietAfter;
    this.acceptAfter = this.counts.acceptAfter;
    this.last = first.value;
  }

  get learning(): number {
    return (this.gathers ? this.counts : this.values).learning;
  }

  get gathers(): boolean {
    return this.whole && this.variance >= LEAST_VARIANCE * this.mean;
  }

  weigh(point: SeriesPoint): Surprise {
    const reading = this.values.weigh(point);
    if (!this.whole || !isCount(point.value))
      return { ...reading, learn: (accepted) => this.learn(point, undefined, reading, accepted) };
    const count = this.counts.weigh(point);
    const chosen = this.gathers ? count : reading;
    return { ...chosen, learn: (accepted) => this.learn(point, count, reading, accepted) };
  }

  private learn({ value }: SeriesPoint, count: Surprise | undefined, reading: Surprise, accepted: boolean): void {
    reading.learn(accepted);
    if (count === undefined) this.whole = false;
    else count.learn(accepted);
    const rate = 1 / Math.min(++this.seen, SETTLED);
    this.mean += (value - this.mean) * rate;
    this.variance += ((value - this.last) ** 2 / 2 - this.variance) * rate;
    this.last = value;
  }
}

const isCount = (value: number): boolean => value >= 0 && Number.isInteger(value);
