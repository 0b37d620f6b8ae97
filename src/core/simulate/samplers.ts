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

/** Between `low` and `high`, every factor as likely as any other. */
export function logUniform(rng: Rng, low: number, high: number): number {
  return low * (high / low) ** rng.next();
}

/** Means from which a count is drawn from the normal distribution: its skew is below a tenth there. */
const NORMAL_FROM = 200;

/**
 * Negative binomial of this mean with variance mean + dispersion x mean², as a Poisson whose mean is gamma. In
 * constant time, unlike `poisson`: a busy page has 30,000 views a day.
 */
export function overDispersedCount(rng: Rng, mean: number, dispersion: number): number {
  const intensity = mean * gammaFactor(rng, dispersion);
  if (intensity < NORMAL_FROM) return poisson(rng, intensity);
  return Math.max(0, Math.round(intensity + Math.sqrt(intensity) * normal(rng)));
}

/** Successes among trials: by inversion (Kachitvichyanukul and Schmeiser's BINV, 1988), normal where that is long. */
export function binomial(rng: Rng, trials: number, probability: number): number {
  if (trials <= 0 || probability <= 0) return 0;
  if (probability >= 1) return trials;
  if (probability > 0.5) return trials - binomial(rng, trials, 1 - probability);
  const mean = trials * probability;
  if (mean * (1 - probability) > NORMAL_FROM) {
    const drawn = Math.round(mean + Math.sqrt(mean * (1 - probability)) * normal(rng));
    return Math.min(trials, Math.max(0, drawn));
  }
  const odds = probability / (1 - probability);
  let term = Math.exp(trials * Math.log1p(-probability));
  let left = rng.next();
  let count = 0;
  while (left > term && count < trials) {
    left -= term;
    count++;
    term *= odds * ((trials - count + 1) / count);
  }
  return count;
}

/** Beta-binomial: variance n p (1-p) (1 + (n-1) dispersion), as a binomial whose probability is beta. */
export function betaBinomial(rng: Rng, trials: number, probability: number, dispersion: number): number {
  if (dispersion <= 0 || probability <= 0 || probability >= 1) return binomial(rng, trials, probability);
  const total = 1 / dispersion - 1;
  const [a, b] = [probability * total, (1 - probability) * total];
  const successes = a * gammaFactor(rng, 1 / a);
  return binomial(rng, trials, successes / (successes + b * gammaFactor(rng, 1 / b)));
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
