/**
 * Flags an episode once. A point is flagged when its evidence passes the bar; while the episode lasts, later points
 * are not, unless one is far worse than the worst so far. Every flag raises the bar for a while, so that a series
 * that has turned restless does not ring all day.
 */
import type { StateReader, StateWriter } from './state.ts';

/** Strength over the worst so far, from which an episode is flagged again. */
const FAR_WORSE = 1.45;
/** What each flag adds to the bar (1 is the bar itself), and how many points halve that. */
const RAISED_BY = 0.2;
const RAISED_HALVES_AFTER = 250;
/** The score of points that belong to something already told. */
const TOLD_SCORE = 0.3;

export interface Placed {
  score: number;
  flagged: boolean;
  /** When the episode this point belongs to began; undefined outside of one. */
  since: number | undefined;
  /** Buckets since the episode began. */
  age: number;
}

export class Episode {
  private since: number | undefined;
  private age = 0;
  private quiet = 0;
  private worst = 0;
  private raised = 0;
  private burst = 0;
  private burstLeft = 0;
  private readonly quietAfter: number;

  constructor(quietAfter: number) {
    this.quietAfter = quietAfter;
  }

  /** @param alone strength of the point by itself: what builds up over several is one and the same. */
  place(at: number, strength: number, alone = strength): Placed {
    const bar = 1 + this.raised;
    this.raised *= 2 ** (-1 / RAISED_HALVES_AFTER);
    const beyond = strength >= bar;
    let score = 1 - 2 ** (-Math.max(0, strength) / bar);
    if (this.outshone(strength)) score = Math.min(score, TOLD_SCORE);
    if (this.since !== undefined) {
      this.age++;
      this.quiet = beyond ? 0 : this.quiet + 1;
      if (alone >= bar && alone >= this.worst * FAR_WORSE) this.worst = alone;
      else score = Math.min(score, TOLD_SCORE);
    } else if (score >= 0.5) {
      this.since = at;
      this.age = 0;
      this.quiet = 0;
      this.worst = strength;
      this.raised += RAISED_BY;
    }
    const placed = { score, flagged: score >= 0.5, since: this.since, age: this.age };
    if (this.quiet >= this.quietAfter) this.end();
    return placed;
  }

  /** The episode is over: normal again for long enough, or strange for so long that it is the new normal. */
  end(): void {
    this.since = undefined;
    this.quiet = 0;
    this.worst = 0;
  }

  /** When the episode under way began; undefined outside of one. */
  get open(): number | undefined {
    return this.since;
  }

  save(to: StateWriter): void {
    const { since = Number.NaN, age, quiet, worst, raised, burst, burstLeft } = this;
    to.numbers(since, age, quiet, worst, raised, burst, burstLeft);
  }

  restore(from: StateReader): void {
    const since = from.number();
    this.since = Number.isNaN(since) ? undefined : since;
    this.age = from.number();
    this.quiet = from.number();
    this.worst = from.number();
    this.raised = from.number();
    this.burst = from.number();
    this.burstLeft = from.number();
  }

  /** Points outshone by one a little earlier are the same burst. */
  private outshone(strength: number): boolean {
    if (this.burstLeft-- <= 0) this.burst = 0;
    if (strength <= this.burst) return true;
    this.burst = strength;
    this.burstLeft = this.quietAfter >> 1;
    return false;
  }
}
