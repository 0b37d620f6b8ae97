/**
 * Readings of any kind. Each is forecast by the baseline and the part of the last residual that tends to stay; what
 * the forecast missed is measured in four ways, and each size is held against the sizes this very series has shown:
 * the miss of this reading (spike, drop), the mean of the last few misses of the baseline (a shift of level), their
 * mean size (restless), and how little the last readings changed (still). Nothing is assumed about the shape of the noise.
 */
import { Baseline } from './baseline.ts';
import type { Calendar } from './calendar.ts';
import { DAY } from './grain.ts';
import { MEMORY, OwnTail } from './own-tail.ts';
import type { SeriesModel, SeriesPoint, Surprise } from './point.ts';
import { UsualSpikes } from './usual-spikes.ts';
import { formatReading, formatReadings } from './words.ts';

/**
 * Evidence that makes a flag after 1,000 readings, of the two ways that speak loudest together: noise tends to stand
 * out in one way, what happens in two. More readings, more chances: the bar follows their logarithm.
 */
const BAR = 4.7;
const BAR_PER_DECADE = 0.7;
/** What each way of looking must bring on top; less for a still line, which no second way can speak for. */
const HANDICAP = { jump: 0, shift: 0, restless: 0.2, still: -0.7 } as const;
const WAYS = ['jump', 'shift', 'restless', 'still'] as const;
type Way = (typeof WAYS)[number];
type Sizes = Readonly<Record<Way, number>>;
/** Readings that the shift and the restlessness are averaged over. */
const SHIFT_LENGTH = 6;
const RESTLESS_LENGTH = 12;
/** A miss moves the baseline as if it were at most so many deviations. */
const CLIP = 2.5;
/** A size is learned so many readings later: what builds up slowly must not make itself usual. */
const DELAY = 36;
/** How much of a flagged reading is believed to be normal. */
const STRANGE_WEIGHT = 0.3;
/** Running means settle to this length. */
const SETTLED = 1000;
/** Misses below this share of the level, or of the usual miss, are no misses. */
const LEAST_OF_LEVEL = 1e-3;
const LEAST_OF_MISS = 0.05;
const MOST_KEPT = 0.98;
/** From here on a miss is a spike worth remembering; one that is usual for its hour is worth no more than this. */
const SPIKE_EVIDENCE = 2;
const USUAL_EVIDENCE = 1;
/** One reading in a hundred is expected outside of the interval. */
const OUTSIDE = 0.01;

export class ValueModel implements SeriesModel {
  readonly learning: number;
  readonly quietAfter: number;
  readonly acceptAfter: number;
  readonly gathers = false;
  private readonly calendar: Calendar;
  private readonly baseline: Baseline;
  private readonly spikes: UsualSpikes;
  private readonly tails: Readonly<Record<Way, OwnTail>> = {
    jump: new OwnTail(),
    shift: new OwnTail(),
    restless: new OwnTail(),
    still: new OwnTail(),
  };
  private readonly waiting: { sizes: Sizes; weight: number }[] = [];
  private seen = 0;
  private deviation = 0;
  private meanMiss = 0;
  private shift = 0;
  private restless = 0;
  private change = 0;
  private last: number;
  private residual = 0;
  /** Running products of neighbouring residuals: how much of one stays in the next. */
  private stays = 0;
  private squares = 0;

  constructor(first: number, grain: number, calendar: Calendar) {
    const slotsPerDay = Math.max(1, Math.min(96, Math.round(DAY / grain)));
    this.calendar = calendar;
    this.last = first;
    this.learning = grain >= DAY ? 28 : 150;
    this.quietAfter = grain >= DAY ? 5 : 60;
    this.acceptAfter = grain >= DAY ? 14 : 120;
    this.spikes = new UsualSpikes(slotsPerDay, calendar);
    this.baseline = new Baseline(
      {
        slotsPerDay,
        timeOfDay: { variance: 1, drift: 1e-3 },
        weekday: { variance: 0, drift: 0 },
        hourOfWeek: { variance: 0.3, drift: 1e-3 },
        levelDrift: 2e-4,
        fading: { variance: 1, keep: 0 },
      },
      calendar,
      { mean: first, variance: 100 },
    );
  }

  weigh({ at, value }: SeriesPoint): Surprise {
    const { mean, variance } = this.baseline.predict(at);
    const expected = mean + this.kept() * this.residual;
    const miss = value - expected;
    const shift = this.shift + (value - mean - this.shift) / SHIFT_LENGTH;
    const restless = this.restless + (Math.abs(miss) - this.restless) / RESTLESS_LENGTH;
    const change = this.change + (Math.abs(value - this.last) - this.change) / RESTLESS_LENGTH;
    const least = LEAST_OF_LEVEL * Math.abs(mean) + LEAST_OF_MISS * this.meanMiss + Number.MIN_VALUE;
    const sizes: Sizes = {
      jump: Math.abs(miss) + least,
      shift: Math.abs(shift) + least,
      restless: restless + least,
      still: 1 / (change + least),
    };
    const spike = this.tails.jump.evidence(sizes.jump) >= SPIKE_EVIDENCE;
    const { way, evidence } = this.strongest(sizes, spike && this.spikes.covers(at, Math.abs(miss)));
    const strength = Math.max(0, evidence) / this.bar();
    const usualMiss = this.tails.jump.exceededBy(OUTSIDE);
    const [lower, upper] = [expected - usualMiss, expected + usualMiss];
    const side = (way === 'shift' ? shift : miss) >= 0 ? 'High' : 'Low';
    return {
      strength,
      alone: strength,
      way: way === 'restless' ? 'Restless' : way === 'still' ? 'Still' : side,
      expected,
      lower,
      upper,
      describe: () =>
        this.describe(strength >= 1 ? way : 'jump', { at, value, mean, shift, range: formatReadings(lower, upper) }),
      learn: (accepted) => {
        if (spike) this.spikes.add(at, Math.abs(miss));
        this.learnSizes(sizes, strength >= 1 ? STRANGE_WEIGHT : 1);
        this.shift = shift;
        this.restless = restless;
        this.change = change;
        this.last = value;
        this.learnBaseline(at, value, miss, variance, strength >= 1 && !accepted ? STRANGE_WEIGHT : 1);
      },
    };
  }

  private strongest(sizes: Sizes, usualSpike: boolean): { way: Way; evidence: number } {
    let strongest: { way: Way; evidence: number } = { way: 'jump', evidence: 0 };
    let second = 0;
    for (const way of WAYS) {
      const evidence = this.tails[way].evidence(sizes[way]) - HANDICAP[way];
      if (evidence > strongest.evidence) {
        second = strongest.evidence;
        strongest = { way, evidence };
      } else if (evidence > second) second = evidence;
    }
    const evidence = strongest.evidence + second;
    return usualSpike
      ? { way: 'jump', evidence: Math.min(USUAL_EVIDENCE, evidence) }
      : { way: strongest.way, evidence };
  }

  private describe(
    way: Way,
    { at, value, mean, shift, range }: { at: number; value: number; mean: number; shift: number; range: string },
  ): string {
    const reading = formatReading(value);
    switch (way) {
      case 'shift':
        return `${reading}, and the last readings are ${formatReading(Math.abs(shift))} ${shift > 0 ? 'above' : 'below'} their level of ${formatReading(mean)}`;
      case 'restless':
        return `${reading}, and readings swing more than they used to, expected ${range}`;
      case 'still':
        return `${reading}, and readings hardly move any more`;
      case 'jump':
        return `${reading}, expected ${range} at ${this.calendar.hourOfDay(at)}`;
    }
  }

  private bar(): number {
    return BAR + BAR_PER_DECADE * (Math.log10(Math.min(this.seen, MEMORY) + 1) - 3);
  }

  private kept(): number {
    return this.squares > 0 ? Math.min(MOST_KEPT, Math.max(0, this.stays / this.squares)) : 0;
  }

  private learnSizes(sizes: Sizes, weight: number): void {
    this.waiting.push({ sizes, weight });
    const due = this.waiting.length > DELAY ? this.waiting.shift() : undefined;
    if (due !== undefined) for (const way of WAYS) this.tails[way].add(due.sizes[way], due.weight);
  }

  private learnBaseline(at: number, value: number, miss: number, variance: number, weight: number): void {
    this.seen++;
    const rate = 1 / Math.min(this.seen, SETTLED);
    const total = variance + 1;
    const spread = this.deviation > 0 ? this.deviation * Math.sqrt(total) : Math.abs(miss);
    this.meanMiss += (Math.abs(miss) - this.meanMiss) * rate;
    this.deviation += ((Math.min(Math.abs(miss), 4 * spread) * 1.25) / Math.sqrt(total) - this.deviation) * rate;
    this.baseline.learn(at, Math.min(CLIP * spread, Math.max(-CLIP * spread, miss)), 1, weight);
    const cap = 6 * this.deviation;
    const residual = Math.min(cap, Math.max(-cap, value - this.baseline.predict(at).mean));
    this.stays += (residual * this.residual - this.stays) * rate;
    this.squares += (this.residual ** 2 - this.squares) * rate;
    this.residual = residual;
  }
}
