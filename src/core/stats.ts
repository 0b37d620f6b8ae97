/**
 * What simple-statistics lacks: tails of count distributions, multiple testing, intervals.
 * Every function is defined for every input it can meet: a parameter that makes no sense gives 1 (no evidence).
 */
import { errorFunction, gammaln } from 'simple-statistics';

/**
 * Regularised incomplete beta I_x(a, b), by Lentz's continued fraction (DLMF 8.17.22; Numerical Recipes 6.4).
 * a, b > 0; x is clamped to [0, 1]. Relative error about 1e-10; below 1e-300 it returns 0.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(a > 0) || !(b > 0) || Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast on this side of the mean only; the other side follows by symmetry.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  return Math.min(1, front * betaFraction(x, a, b));
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-12) break;
  }
  return fraction;
}

/**
 * Upper tail of the standard normal, P(Z >= z) = (1 - erf(z/√2)) / 2; beyond 4, where that loses its digits, by the
 * asymptotic series (Abramowitz & Stegun 26.2.12). simple-statistics' own table rounds z to 0.01: too coarse here.
 */
export function normalUpperTail(z: number): number {
  if (Number.isNaN(z)) return 1;
  if (z < 0) return 1 - normalUpperTail(-z);
  if (z <= 4) return (1 - errorFunction(z / Math.SQRT2)) / 2;
  const z2 = z * z;
  const series = 1 - 1 / z2 + 3 / z2 ** 2 - 15 / z2 ** 3 + 105 / z2 ** 4 - 945 / z2 ** 5;
  return Math.max(0, (Math.exp(-z2 / 2) / (z * Math.sqrt(2 * Math.PI))) * series);
}

/** Upper tail of Student's t, P(T >= t), with `df` > 0 degrees of freedom: I_{df/(df+t²)}(df/2, 1/2) / 2. */
export function studentUpperTail(t: number, df: number): number {
  if (Number.isNaN(t) || !(df > 0)) return 1;
  const half = incompleteBeta(df / (df + t * t), df / 2, 0.5) / 2;
  return t >= 0 ? half : 1 - half;
}

/** Counts this large are far into the normal regime, and the exact sums lose their digits. */
const NORMAL_FROM = 1e7;

/**
 * P(Y >= count) of a negative binomial with this mean and variance (Var = mean + φ mean²):
 * I_p(count, r) with r = 1/φ and p = mean / (mean + r) (DLMF 8.17.5). Variance at or below the mean is a Poisson,
 * reached as the limit r -> ∞. count <= 0 gives 1; mean <= 0 gives 0 for a positive count.
 */
export function negativeBinomialUpperTail(count: number, mean: number, variance: number): number {
  if (Number.isNaN(count) || Number.isNaN(mean)) return 1;
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  if (count > NORMAL_FROM || mean > NORMAL_FROM) return normalUpperTail((count - 0.5 - mean) / Math.sqrt(variance));
  const size = mean ** 2 / Math.max(variance - mean, mean * 1e-6);
  return incompleteBeta(mean / (mean + size), count, size);
}

/** P(Y <= count) of the same distribution: 1 - P(Y >= count + 1), computed without cancellation. */
export function negativeBinomialLowerTail(count: number, mean: number, variance: number): number {
  if (Number.isNaN(count) || Number.isNaN(mean)) return 1;
  if (count < 0) return 0;
  if (mean <= 0) return 1;
  if (count > NORMAL_FROM || mean > NORMAL_FROM) return normalUpperTail((mean - count - 0.5) / Math.sqrt(variance));
  const size = mean ** 2 / Math.max(variance - mean, mean * 1e-6);
  return incompleteBeta(size / (mean + size), size, count + 1);
}

/**
 * P(Y >= count) of a beta-binomial of `trials` with this mean and variance: the terms
 * C(n,k) B(k+a, n-k+b) / B(a,b) (Skellam 1948) summed upwards by their ratio until they vanish.
 * ρ = (variance / (n p q) - 1) / (n - 1); at or below 0 it is a plain binomial. Over 100,000 trials: normal.
 */
export function betaBinomialUpperTail(count: number, trials: number, mean: number, variance: number): number {
  if (Number.isNaN(count) || !(trials > 0) || Number.isNaN(mean)) return 1;
  const k = Math.ceil(count);
  if (k <= 0) return 1;
  if (k > trials || mean <= 0) return 0;
  const p = Math.min(mean / trials, 1 - 1e-9);
  const base = trials * p * (1 - p);
  const rho = trials > 1 ? (variance / base - 1) / (trials - 1) : 0;
  if (trials > 1e5) return normalUpperTail((k - 0.5 - mean) / Math.sqrt(Math.max(variance, base)));
  if (rho <= 1e-9) return incompleteBeta(p, k, trials - k + 1);
  const total = 1 / Math.min(rho, 0.999) - 1;
  const a = p * total;
  const b = (1 - p) * total;
  const logBeta = (x: number, y: number): number => gammaln(x) + gammaln(y) - gammaln(x + y);
  let term = Math.exp(
    gammaln(trials + 1) - gammaln(k + 1) - gammaln(trials - k + 1) + logBeta(k + a, trials - k + b) - logBeta(a, b),
  );
  let sum = 0;
  for (let j = k; j <= trials; j++) {
    sum += term;
    if (term < sum * 1e-10 && j > mean) break;
    term *= ((trials - j) / (j + 1)) * ((j + a) / (trials - j - 1 + b));
  }
  return Math.min(1, sum);
}

/** P(Y <= count): the upper tail of the failures, by symmetry. */
export function betaBinomialLowerTail(count: number, trials: number, mean: number, variance: number): number {
  if (Number.isNaN(count) || !(trials > 0)) return 1;
  return betaBinomialUpperTail(trials - Math.floor(count), trials, trials - mean, variance);
}

/**
 * Where a count with this mean and variance falls with probability 1 - 2·tail (default 95%), by the
 * Wilson-Hilferty cube of a gamma with the same two moments (1931). Never below 0; no spread gives [mean, mean].
 */
export function countInterval(mean: number, variance: number, z = 1.96): [number, number] {
  if (!(mean > 0)) return [0, 0];
  if (!(variance > 0)) return [mean, mean];
  const shape = mean ** 2 / variance;
  const quantile = (score: number): number =>
    mean * Math.max(0, 1 - 1 / (9 * shape) + score / (3 * Math.sqrt(shape))) ** 3;
  return [quantile(-z), quantile(z)];
}

/** Wilson's score interval of a proportion (1927): defined at 0 and 1 too. No trials: [0, 1], nothing is known. */
export function wilsonInterval(successes: number, trials: number, z = 1.96): [number, number] {
  if (!(trials > 0)) return [0, 1];
  const p = Math.min(1, Math.max(0, successes / trials));
  const centre = p + z ** 2 / (2 * trials);
  const spread = z * Math.sqrt((p * (1 - p)) / trials + z ** 2 / (4 * trials ** 2));
  const scale = 1 + z ** 2 / trials;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}

/**
 * Benjamini-Hochberg adjusted p-values (1995): q_(i) = min over j >= i of p_(j)·m/j, in the order given.
 * NaN counts as 1. Flagging q <= x keeps the expected share of false ones at or below x.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const m = pValues.length;
  const clean = pValues.map((p) => (Number.isNaN(p) ? 1 : Math.min(1, Math.max(0, p))));
  const order = clean.map((_, index) => index).sort((a, b) => (clean[b] ?? 1) - (clean[a] ?? 1));
  const q = new Array<number>(m).fill(1);
  let lowest = 1;
  order.forEach((index, fromTop) => {
    lowest = Math.min(lowest, ((clean[index] ?? 1) * m) / (m - fromTop));
    q[index] = lowest;
  });
  return q;
}
