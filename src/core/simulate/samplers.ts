import type { Rng } from './rng.ts';

/** Standard normal by Box and Muller (1958): sqrt(-2 ln u) cos(2 pi v). */
export function normal(rng: Rng): number {
  return Math.sqrt(-2 * Math.log(1 - rng.next())) * Math.cos(2 * Math.PI * rng.next());
}

/** exp(N(ln median, sigma)): the 95th percentile is median x exp(1.645 sigma). */
export function logNormal(rng: Rng, median: number, sigma: number): number {
  return median * Math.exp(sigma * normal(rng));
}

/**
 * Poisson count of mean `lambda`. Knuth's product of uniforms (TAOCP 2, 3.4.1) in pieces of at most ten:
 * a sum of Poissons is Poisson, so this is exact, and the cost is that of the events it announces.
 */
export function poisson(rng: Rng, lambda: number): number {
  let count = 0;
  let left = lambda;
  while (left > 0) {
    const limit = Math.exp(-Math.min(left, 10));
    let product = rng.next();
    while (product > limit) {
      count++;
      product *= rng.next();
    }
    left -= 10;
  }
  return count;
}

/** Gamma of mean 1 and variance `dispersion`, by Marsaglia and Tsang (2000). Zero dispersion gives 1. */
export function gammaFactor(rng: Rng, dispersion: number): number {
  if (dispersion <= 0) return 1;
  const shape = 1 / dispersion;
  // Below shape 1 the method needs a boost: Gamma(a) = Gamma(a + 1) x U^(1/a).
  const boost = shape < 1 ? (1 - rng.next()) ** dispersion : 1;
  const d = (shape < 1 ? shape + 1 : shape) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(rng);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - rng.next()) < 0.5 * x * x + d - d * v + d * Math.log(v))
      return d * v * boost * dispersion;
  }
}

/** Draws an index in proportion to its weight, in constant time: Walker's alias table as Vose (1991) builds it. */
export function createWeighted(weights: readonly number[]): (rng: Rng) => number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const size = weights.length;
  if (!(total > 0)) throw new RangeError('createWeighted needs a positive weight');
  const scaled = weights.map((weight) => (weight * size) / total);
  const probability = new Float64Array(size).fill(1);
  const alias = new Int32Array(size).map((_, index) => index);
  const small: number[] = [];
  const large: number[] = [];
  for (const [index, value] of scaled.entries()) (value < 1 ? small : large).push(index);
  for (let low = small.pop(), high = large.pop(); low !== undefined && high !== undefined; low = small.pop()) {
    const share = scaled[low] ?? 0;
    probability[low] = share;
    alias[low] = high;
    const rest = (scaled[high] ?? 0) + share - 1;
    scaled[high] = rest;
    if (rest < 1) {
      small.push(high);
      high = large.pop();
    }
  }
  return (rng) => {
    const slot = rng.below(size);
    return rng.next() < (probability[slot] ?? 1) ? slot : (alias[slot] ?? slot);
  };
}
