/**
 * How rare a size is among the sizes a series itself has shown: the empirical share inside what was seen, and beyond
 * it a Pareto tail through the largest few in a hundred (Hill 1975), as peaks over threshold do it (Siffer et al.
 * 2017). A series that is spiky by nature gets a heavy tail and is not alarmed by its spikes; a calm one is.
 * Sizes are kept as a histogram of their logarithm, older ones fading: constant memory, constant time.
 */
import type { StateReader, StateWriter } from './state.ts';

const BINS_PER_OCTAVE = 4;
const BINS = 640;
/** The bin of size 1: sizes from 2^-60 to 2^100 are told apart. */
const ONE = 240;
/** The tail is fitted to this share of the sizes, and to ten of them at least. */
const TAIL_SHARE = 0.03;
const TAIL_SIZES = 10;
/** The tail index before anything is known, and how many sizes' worth that belief is. */
const PRIOR_INDEX = 3.5;
const PRIOR_SIZES = 6;
/** Below this many sizes nothing is rare. */
const MIN_SIZES = 20;
/** Sizes fade to 1/e after so many. */
export const MEMORY = 3000;
const RESCALE_ABOVE = 1e12;
const MOST_EVIDENCE = 300;

export class OwnTail {
  private readonly mass = new Float64Array(BINS);
  private total = 0;
  private top = 0;
  /** Old masses fade by new ones weighing more. */
  private unit = 1;

  /** Takes in a size; a weight under 1 for what should hardly become normal. */
  add(size: number, weight: number): void {
    this.unit *= 1 + 1 / MEMORY;
    if (this.unit > RESCALE_ABOVE) this.rescale();
    const bin = Math.floor(positionOf(size));
    this.mass[bin] = (this.mass[bin] ?? 0) + weight * this.unit;
    this.total += weight * this.unit;
    if (bin > this.top) this.top = bin;
  }

  /** -log10 of the probability of a size as large as this; 0 while too few are known. */
  evidence(size: number): number {
    const sizes = this.total / this.unit;
    if (sizes < MIN_SIZES) return 0;
    const at = positionOf(size);
    const wanted = Math.max(TAIL_SHARE, TAIL_SIZES / sizes) * this.total;
    let inTail = 0;
    let positions = 0;
    let bin = this.top;
    for (; bin >= 0 && inTail < wanted; bin--) {
      const mass = this.mass[bin] ?? 0;
      if (inTail > 0 && inTail + mass > wanted) break;
      inTail += mass;
      positions += mass * (bin + 0.5);
    }
    const threshold = bin + 1;
    const share = inTail / this.total;
    if (at <= threshold) return -Math.log10(Math.min(1, Math.max(share, this.massAbove(at) / this.total)));
    const octaves = Math.max(0, positions - inTail * threshold) / BINS_PER_OCTAVE / this.unit;
    const index = (inTail / this.unit + PRIOR_SIZES) / (octaves * Math.LN2 + PRIOR_SIZES / PRIOR_INDEX);
    const evidence = -Math.log10(share) + index * ((at - threshold) / BINS_PER_OCTAVE) * Math.log10(2);
    return Math.min(MOST_EVIDENCE, evidence);
  }

  /** The size that this share of sizes exceeds. */
  exceededBy(share: number): number {
    let above = 0;
    for (let bin = this.top; bin >= 0; bin--) {
      above += this.mass[bin] ?? 0;
      if (above > share * this.total) return 2 ** ((bin + 1 - ONE) / BINS_PER_OCTAVE);
    }
    return 0;
  }

  /** Only the bins between the smallest and the largest size seen. */
  save(to: StateWriter): void {
    const lowest = Math.max(
      0,
      this.mass.findIndex((mass) => mass > 0),
    );
    to.numbers(this.total, this.unit, lowest, this.top);
    to.floats(this.mass.subarray(lowest, this.top + 1));
  }

  restore(from: StateReader): void {
    this.total = from.number();
    this.unit = from.number();
    const lowest = from.number();
    this.top = from.number();
    from.floats(this.mass.subarray(lowest, this.top + 1));
  }

  private massAbove(at: number): number {
    let above = 0;
    const own = Math.floor(at);
    for (let bin = this.top; bin > own; bin--) above += this.mass[bin] ?? 0;
    return above + (this.mass[own] ?? 0) * (own + 1 - at);
  }

  private rescale(): void {
    for (let bin = 0; bin < BINS; bin++) this.mass[bin] = (this.mass[bin] ?? 0) / this.unit;
    this.total /= this.unit;
    this.unit = 1;
  }
}

function positionOf(size: number): number {
  if (!(size > 0)) return 0;
  return Math.min(BINS - 1, Math.max(0, Math.log2(size) * BINS_PER_OCTAVE + ONE));
}
