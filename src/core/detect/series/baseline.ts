/**
 * What a series is expected to do: a level that wanders, a deviation that fades within hours, and factors of the time
 * of day, the weekday and the hour of the week. Each part is a mean with a variance; a surprise is shared among them
 * in proportion to their variances (a Kalman filter with a diagonal covariance, Harvey 1989), so what is known well
 * hardly moves and what was never seen moves most. Parts that are not supported yet stay at their prior, 0, and
 * their variance says so. Additive on the scale of the caller: logits or logs for counts, units for values.
 */
import type { Calendar } from './calendar.ts';
import { DAY, HOUR } from './grain.ts';
import type { StateReader, StateWriter } from './state.ts';

/** Variances and drifts (variance gained per bucket of the level, per visit of a slot). */
export interface BaselineSettings {
  slotsPerDay: number;
  timeOfDay: Part;
  weekday: Part;
  hourOfWeek: Part;
  levelDrift: number;
  /** Of the deviation that fades: its variance at rest, and the share left after a bucket. */
  fading: { variance: number; keep: number };
}

interface Part {
  variance: number;
  drift: number;
}

export interface Prediction {
  mean: number;
  /** Of the mean. */
  variance: number;
  /** The mean without the deviation that fades, and its variance: what neighbouring hours share, and what not. */
  steady: number;
  common: number;
  single: number;
}

class Slots {
  /** Single floats, as there are hundreds and models are stored by the thousand. */
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  private readonly part: Part;

  constructor(count: number, part: Part) {
    this.mean = new Float32Array(count);
    this.variance = new Float32Array(count).fill(part.variance);
    this.part = part;
  }

  learn(slot: number, surprise: number, total: number, weight: number): void {
    const variance = this.variance[slot] ?? 0;
    const gain = variance / total;
    this.mean[slot] = (this.mean[slot] ?? 0) + gain * surprise;
    this.variance[slot] = Math.min(this.part.variance, variance * (1 - gain * weight) + this.part.drift);
  }
}

export class Baseline {
  private level = 0;
  private levelVariance: number;
  private fading = 0;
  private fadingVariance: number;
  private readonly days: Slots;
  private readonly weekdays: Slots;
  private readonly hours: Slots;
  private readonly settings: BaselineSettings;
  private readonly calendar: Calendar;

  constructor(settings: BaselineSettings, calendar: Calendar, level: { mean: number; variance: number }) {
    this.settings = settings;
    this.calendar = calendar;
    this.level = level.mean;
    this.levelVariance = level.variance;
    this.fadingVariance = settings.fading.variance;
    this.days = new Slots(settings.slotsPerDay, settings.timeOfDay);
    this.weekdays = new Slots(7, settings.weekday);
    this.hours = new Slots(7 * 24, settings.hourOfWeek);
  }

  /** What is expected at a time. */
  predict(at: number): Prediction {
    const [day, weekday, hour] = this.slotsOf(at);
    const steady =
      this.level + (this.days.mean[day] ?? 0) + (this.weekdays.mean[weekday] ?? 0) + (this.hours.mean[hour] ?? 0);
    const common = this.levelVariance + (this.weekdays.variance[weekday] ?? 0);
    const single = (this.days.variance[day] ?? 0) + (this.hours.variance[hour] ?? 0);
    return {
      mean: steady + this.fading,
      variance: common + single + this.fadingVariance,
      steady,
      common: common + this.settings.fading.variance,
      single,
    };
  }

  /**
   * Takes in how far a bucket was from `predict(at).mean`.
   * @param noise variance of one bucket around a baseline known exactly.
   * @param weight under 1 for what should hardly become normal.
   */
  learn(at: number, surprise: number, noise: number, weight: number): void {
    const [day, weekday, hour] = this.slotsOf(at);
    const total = this.predict(at).variance + noise;
    const shared = surprise * weight;
    const levelGain = this.levelVariance / total;
    this.level += levelGain * shared;
    this.levelVariance = this.levelVariance * (1 - levelGain * weight) + this.settings.levelDrift;
    this.days.learn(day, shared, total, weight);
    this.weekdays.learn(weekday, shared, total, weight);
    this.hours.learn(hour, shared, total, weight);
    const fadingGain = this.fadingVariance / total;
    const { keep, variance } = this.settings.fading;
    this.fading = keep * (this.fading + fadingGain * shared);
    this.fadingVariance = keep ** 2 * this.fadingVariance * (1 - fadingGain * weight) + (1 - keep ** 2) * variance;
  }

  /** Lets the level move: what was strange for long is the new normal. */
  loosen(variance: number): void {
    this.levelVariance += variance;
  }

  save(to: StateWriter): void {
    to.numbers(this.level, this.levelVariance, this.fading, this.fadingVariance);
    for (const { mean, variance } of [this.days, this.weekdays, this.hours]) {
      to.floats(mean);
      to.floats(variance);
    }
  }

  /** Takes on what a baseline of the same settings saved. */
  restore(from: StateReader): void {
    this.level = from.number();
    this.levelVariance = from.number();
    this.fading = from.number();
    this.fadingVariance = from.number();
    for (const { mean, variance } of [this.days, this.weekdays, this.hours]) {
      from.floats(mean);
      from.floats(variance);
    }
  }

  private slotsOf(at: number): [day: number, weekday: number, hour: number] {
    const time = this.calendar.timeOfDay(at);
    const weekday = this.calendar.weekday(at);
    return [
      Math.floor((time / DAY) * this.settings.slotsPerDay),
      weekday,
      weekday * 24 + Math.min(23, Math.floor(time / HOUR)),
    ];
  }
}
