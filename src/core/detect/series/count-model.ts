/**
 * Counts, alone or out of a total. The baseline is on the log scale (logit with a total); a bucket is a negative
 * binomial (beta-binomial with a total) around it, whose dispersion is learned by moments and whose variance also
 * holds what the baseline does not know yet. Sums over several buckets catch what is too weak to show in one: these
 * are held against the baseline without its fading part, which has followed the incident itself.
 */
import { countInterval } from '../../stats.ts';
import { Baseline, type Prediction } from './baseline.ts';
import { type Bucket, type BucketSum, evidenceOf, sumBuckets } from './bucket-sum.ts';
import type { Calendar } from './calendar.ts';
import { Dispersion } from './dispersion.ts';
import { DAY, durationWords, HOUR } from './grain.ts';
import { MEMORY, OwnTail } from './own-tail.ts';
import type { SeriesModel, SeriesPoint, Surprise } from './point.ts';
import type { StateReader, StateWriter } from './state.ts';
import { formatCounts, formatReading } from './words.ts';

/** -log10 p that makes a flag at hour grain; shorter buckets are more chances, so more is asked of each. */
const BAR = 3.1;
/** Besides, it must be rare among what this series itself has shown: so much evidence of its own after 1,000 buckets. */
const OWN_BAR = 1;
const LEAST_OWN_BAR = 0.3;
const LEAST_OWN_SIZE = 0.05;
/** A bucket moves the baseline as if it were at most so many standard deviations away. */
const CLIP = 2;
/** How much of a strange bucket is believed to be normal, and the part of the bar from which one is strange. */
const STRANGE_WEIGHT = 0.2;
const STRANGE_FROM = 0.7;
/** Variance the level gains with each bucket once a change is accepted. */
const LOOSENED = 0.01;
const LARGEST_LINK = 40;

/** The windows' strongest evidence, and that of the last bucket alone. */
type Found = BucketSum & { evidence: number; alone: number };

/** With the buckets that speak loudest, for those who hold them against floors of their own. */
export interface CountSurprise extends Surprise {
  readonly found: Found;
  /** That counts as far out as these come by chance, whichever of the windows shows them. */
  readonly probability: number;
}

export class CountModel implements SeriesModel {
  readonly learning: number;
  readonly quietAfter: number;
  readonly acceptAfter: number;
  readonly gathers = true;
  private readonly rated: boolean;
  private readonly grain: number;
  private readonly calendar: Calendar;
  private readonly windows: readonly number[];
  private readonly bar: number;
  private readonly baseline: Baseline;
  private readonly dispersion = new Dispersion();
  private readonly own = new OwnTail();
  private readonly recent: Bucket[] = [];
  private readonly started: number;
  private seen = 0;

  constructor({ at, value, total }: SeriesPoint, grain: number, calendar: Calendar) {
    const daily = grain >= DAY;
    const hours = grain / HOUR;
    this.rated = total !== undefined;
    this.grain = grain;
    this.calendar = calendar;
    this.started = at;
    this.windows = daily ? [3, 7] : [3, 6, 12];
    this.learning = daily ? 14 : Math.min(150, Math.max(48, Math.ceil(48 / hours)));
    this.quietAfter = daily ? 3 : Math.max(6, Math.min(36, Math.round(3 / hours)));
    this.acceptAfter = daily ? 14 : Math.max(24, Math.min(150, Math.round(24 / hours)));
    this.bar = BAR + (hours < 1 ? -Math.log10(hours) : -0.5 * Math.log10(hours));
    const others = this.rated ? (total ?? 0) - value + 0.5 : 1;
    const scale = this.rated ? 0.1 : 1;
    this.baseline = new Baseline(
      {
        slotsPerDay: daily ? 1 : 24,
        timeOfDay: { variance: daily ? 0 : 0.5 * scale, drift: 0.001 * scale },
        weekday: { variance: (daily ? 0.2 : 0.1) * (this.rated ? 0.2 : 1), drift: 0.0001 },
        hourOfWeek: { variance: daily ? 0 : this.rated ? 0.005 : 0.02, drift: 0.001 * scale },
        levelDrift: 6e-5 * hours,
        fading: { variance: 0.008, keep: 0.96 ** hours },
      },
      calendar,
      { mean: Math.log((value + 0.5) / others), variance: 1 + 1 / (value + 0.5) + (this.rated ? 1 / others : 0) },
    );
  }

  /** Whether it has learned enough to be believed. */
  get ready(): boolean {
    return this.seen >= this.learning;
  }

  weigh(point: SeriesPoint): CountSurprise {
    const { at, value } = point;
    const predicted = this.baseline.predict(at);
    const bucket = this.bucketOf(point, predicted);
    const found = this.strongest(bucket, predicted.variance);
    const ownBar = Math.max(LEAST_OWN_BAR, OWN_BAR + Math.log10(Math.min(this.seen, MEMORY) + 1) - 3);
    const size = Math.max(LEAST_OWN_SIZE, found.evidence);
    const strength = Math.min(Math.max(0, found.evidence) / this.bar, this.own.evidence(size) / ownBar);
    const chance = this.chanceOf(bucket.mean, bucket.total);
    const variance = chance + (this.dispersion.value + predicted.variance) * chance ** 2;
    const [lower, upper] = this.rangeOf(bucket.mean, variance, bucket.total);
    const learn = (accepted: boolean): void => {
      const weight = strength >= STRANGE_FROM && !accepted ? STRANGE_WEIGHT : 1;
      this.seen++;
      this.own.add(size, strength >= 1 ? STRANGE_WEIGHT : 1);
      this.recent.push(bucket);
      if (this.recent.length > Math.max(...this.windows)) this.recent.shift();
      const relative = (value - bucket.mean) / chance;
      const noise = 1 / chance + this.dispersion.value;
      const most = CLIP * Math.sqrt(noise + predicted.variance);
      if (accepted) this.baseline.loosen(LOOSENED);
      this.dispersion.learn(relative, chance, predicted.variance, weight);
      this.baseline.learn(at, Math.min(most, Math.max(-most, relative)), noise, weight);
    };
    return {
      found,
      probability: Math.min(1, (1 + this.windows.length) * 10 ** -found.evidence),
      strength,
      alone: Math.min(strength, found.alone / this.bar),
      way: found.value >= found.mean ? 'High' : 'Low',
      expected: bucket.mean,
      lower,
      upper,
      describe: () =>
        found.buckets > 1 && strength >= 1 ? this.describeWindow(found) : this.describeBucket(point, lower, upper),
      learn,
    };
  }

  save(to: StateWriter): void {
    to.numbers(this.rated ? 1 : 0, this.started, this.seen, this.recent.length);
    for (const { at, value, total, mean, steady, chance, single, common } of this.recent)
      to.numbers(at, value, total, mean, steady, chance, single, common);
    this.baseline.save(to);
    this.dispersion.save(to);
    this.own.save(to);
  }

  /** The model that a series of this grain saved. */
  static restore(from: StateReader, grain: number, calendar: Calendar): CountModel {
    const total = from.number() === 1 ? 1 : undefined;
    const model = new CountModel({ at: from.number(), value: 0, total }, grain, calendar);
    model.seen = from.number();
    const recent = from.number();
    for (let index = 0; index < recent; index++)
      model.recent.push({
        at: from.number(),
        value: from.number(),
        total: from.number(),
        mean: from.number(),
        steady: from.number(),
        chance: from.number(),
        single: from.number(),
        common: from.number(),
      });
    model.baseline.restore(from);
    model.dispersion.restore(from);
    model.own.restore(from);
    return model;
  }

  private bucketOf({ at, value, total }: SeriesPoint, { mean, steady, common, single }: Prediction): Bucket {
    const exposure = total ?? 0;
    const steadyMean = this.meanOf(steady, exposure);
    const chance = this.chanceOf(steadyMean, exposure);
    return {
      at,
      value,
      total: exposure,
      mean: this.meanOf(mean, exposure),
      steady: steadyMean,
      chance,
      single: (this.dispersion.value + single) * chance ** 2,
      common,
    };
  }

  private meanOf(link: number, total: number): number {
    const bounded = Math.min(LARGEST_LINK, Math.max(-LARGEST_LINK, link));
    return this.rated ? total / (1 + Math.exp(-bounded)) : Math.exp(bounded);
  }

  /** Variance by chance alone; also how fast the mean moves with the link. */
  private chanceOf(mean: number, total: number): number {
    return Math.max(1e-12, this.rated ? mean * (1 - mean / total) : mean);
  }

  private strongest(last: Bucket, unknown: number): Found {
    const chance = this.chanceOf(last.mean, last.total);
    const alone: BucketSum = {
      buckets: 1,
      value: last.value,
      total: last.total,
      mean: last.mean,
      variance: chance + (this.dispersion.value + unknown) * chance ** 2,
    };
    const ofOne = evidenceOf(alone, this.rated);
    let best: Found = { ...alone, evidence: ofOne, alone: ofOne };
    for (const length of this.windows) {
      if (this.recent.length < length - 1) continue;
      const sum = sumBuckets(last, this.recent, length, this.grain);
      const evidence = evidenceOf(sum, this.rated);
      if (evidence > best.evidence) best = { ...sum, evidence, alone: ofOne };
    }
    return best;
  }

  private rangeOf(mean: number, variance: number, total: number): [number, number] {
    const [lower, upper] = countInterval(mean, variance);
    return [lower, this.rated ? Math.min(total, upper) : upper];
  }

  private describeBucket({ at, value, total }: SeriesPoint, lower: number, upper: number): string {
    const days = (at - this.started) / DAY;
    const when =
      this.grain >= DAY || days < 3
        ? ''
        : days < 21
          ? ` at ${this.calendar.hourOfDay(at)}`
          : ` for ${this.calendar.hourOfWeek(at)}`;
    return `${describeCount(value, total ?? 0)}, expected ${formatCounts(lower, upper)}${when}`;
  }

  private describeWindow({ value, total, mean, variance, buckets }: Found): string {
    const [lower, upper] = this.rangeOf(mean, variance, total);
    return `${describeCount(value, total)} over the last ${durationWords(buckets * this.grain)}, expected ${formatCounts(lower, upper)}`;
  }
}

function describeCount(value: number, total: number): string {
  return total > 0 ? `${formatReading(value)} in ${formatReading(total)}` : formatReading(value);
}
