/**
 * How much more than chance a bucket varies, by moments: variance = chance + d·chance². Shrunk to a prior, fading over
 * about two months of hours, and each bucket counted by how clearly over-dispersion would show in it.
 */
import type { StateReader, StateWriter } from './state.ts';

const PRIOR = 0.02;
const PRIOR_BUCKETS = 20;
const LEAST = 0.002;
const KEPT = 1 - 1 / 1500;
/** A bucket further out than this many variances says so many. */
const MOST = 12;
/** The first buckets only find the level. */
const FROM = 12;

export class Dispersion {
  private excess = 0;
  private visible = 0;
  private seen = 0;

  get value(): number {
    return Math.max(LEAST, (PRIOR_BUCKETS * PRIOR + this.excess) / (PRIOR_BUCKETS + this.visible));
  }

  /**
   * @param relative the surprise over `chance`.
   * @param chance variance by chance.
   * @param unknown relative variance of the baseline.
   */
  learn(relative: number, chance: number, unknown: number, weight: number): void {
    if (this.seen++ < FROM) return;
    const share = (this.value * chance) / (1 + this.value * chance);
    const visible = share ** 2 * weight;
    const expected = 1 / chance + unknown;
    const squared = Math.min(relative ** 2, MOST * (expected + this.value));
    this.excess = this.excess * KEPT + visible * (squared - expected);
    this.visible = this.visible * KEPT + visible;
  }

  save(to: StateWriter): void {
    to.numbers(this.excess, this.visible, this.seen);
  }

  restore(from: StateReader): void {
    this.excess = from.number();
    this.visible = from.number();
    this.seen = from.number();
  }
}
