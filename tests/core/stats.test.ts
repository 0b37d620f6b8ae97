import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  benjaminiHochberg,
  betaBinomialLowerTail,
  betaBinomialUpperTail,
  countInterval,
  incompleteBeta,
  negativeBinomialLowerTail,
  negativeBinomialUpperTail,
  normalUpperTail,
  studentUpperTail,
  wilsonInterval,
} from '../../src/core/stats.ts';

/** Tail of a negative binomial by adding up its terms: the definition. */
function slowNegativeBinomial(count: number, mean: number, variance: number): number {
  const size = mean ** 2 / (variance - mean);
  let term = (size / (size + mean)) ** size;
  let below = 0;
  for (let k = 0; k < count; k++) {
    below += term;
    term *= ((k + size) / (k + 1)) * (mean / (mean + size));
  }
  return 1 - below;
}

describe('tails', () => {
  it.each([
    // R: pbeta(0.3, 2, 5), pbeta(0.5, 0.5, 0.5), pbeta(0.9, 10, 2)
    [0.3, 2, 5, 0.579825],
    [0.5, 0.5, 0.5, 0.5],
    [0.9, 10, 2, 0.6973569],
  ])('I_%f(%f, %f) is %f', (x, a, b, expected) => expect(incompleteBeta(x, a, b)).toBeCloseTo(expected, 6));

  it.each([
    [0, 0.5],
    [1.959964, 0.025],
    [3, 0.001349898],
    [4.5, 3.397673e-6],
    [8, 6.220961e-16],
  ])('P(Z >= %f) is %f', (z, expected) => expect(Math.abs(normalUpperTail(z) / expected - 1)).toBeLessThan(0.002));

  it.each([
    [2.0518, 27, 0.025],
    [3.6896, 27, 0.0005],
    [0, 5, 0.5],
  ])("Student's P(T >= %f) with %i degrees is %f", (t, df, expected) =>
    expect(studentUpperTail(t, df)).toBeCloseTo(expected, 4),
  );

  it('adds up the negative binomial terms without adding them up', () => {
    for (const [count, mean, variance] of [
      [3, 1, 1.5],
      [12, 5, 9],
      [40, 20, 60],
      [1, 0.2, 0.25],
    ] as const)
      expect(negativeBinomialUpperTail(count, mean, variance)).toBeCloseTo(
        slowNegativeBinomial(count, mean, variance),
        9,
      );
  });

  it('is the Poisson where there is no over-dispersion', () => {
    // R: ppois(9, 4, lower.tail = FALSE)
    expect(negativeBinomialUpperTail(10, 4, 4)).toBeCloseTo(0.008132243, 5);
  });

  it('is the binomial where there is no over-dispersion', () => {
    // R: pbinom(14, 20, 0.5, lower.tail = FALSE)
    expect(betaBinomialUpperTail(15, 20, 10, 5)).toBeCloseTo(0.02069473, 7);
  });

  it('gives a beta-binomial with a = b = 1 its uniform tail', () => {
    const n = 10;
    const variance = (n * 0.25 * (n + 2)) / 3;
    expect(betaBinomialUpperTail(8, n, 5, variance)).toBeCloseTo(3 / 11, 9);
    expect(betaBinomialLowerTail(2, n, 5, variance)).toBeCloseTo(3 / 11, 9);
  });

  it('lets upper and lower tail of a count overlap in exactly that count', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.double({ min: 0.1, max: 100, noNaN: true }), (count, mean) => {
        const variance = mean + 0.1 * mean ** 2;
        const above = negativeBinomialUpperTail(count + 1, mean, variance);
        expect(negativeBinomialLowerTail(count, mean, variance) + above).toBeCloseTo(1, 8);
      }),
    );
  });

  it('falls as the count grows, and stays a probability, up to absurd counts', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e15, noNaN: true }),
        fc.double({ min: 0, max: 1e15, noNaN: true }),
        (a, b) => {
          const [low, high] = a < b ? [a, b] : [b, a];
          const tail = (count: number): number => negativeBinomialUpperTail(count, 1000, 41_000);
          expect(tail(high)).toBeLessThanOrEqual(tail(low) + 1e-9);
          expect(tail(high)).toBeGreaterThanOrEqual(0);
          expect(tail(low)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it.each([
    ['NaN', Number.NaN, 5, 1],
    ['no events', 0, 5, 1],
    ['events where none can be', 3, 0, 0],
  ])('is defined for %s', (_, count, mean, expected) =>
    expect(negativeBinomialUpperTail(count, mean, mean * 2)).toBe(expected),
  );
});

describe('intervals', () => {
  it('puts Wilson around its proportion, and is defined at the ends', () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
    expect(wilsonInterval(0, 10)[0]).toBe(0);
    expect(wilsonInterval(10, 10)[1]).toBe(1);
    // Newcombe 1998, table I: 81 of 263
    const [low, high] = wilsonInterval(81, 263);
    expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.2553', '0.3662']);
  });

  it('keeps the range of a count above zero and around its mean', () => {
    const [low, high] = countInterval(4, 10);
    expect(low).toBeGreaterThanOrEqual(0);
    expect(low).toBeLessThan(4);
    expect(high).toBeGreaterThan(8);
    expect(countInterval(0, 1)).toEqual([0, 0]);
    expect(countInterval(3, 0)).toEqual([3, 3]);
  });
});

describe('Benjamini-Hochberg', () => {
  it('matches the worked example', () => {
    // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "BH")
    expect(benjaminiHochberg([0.01, 0.04, 0.03, 0.005]).map((q) => Number(q.toFixed(4)))).toEqual([
      0.02, 0.04, 0.04, 0.02,
    ]);
  });

  it('never falls below p, keeps the order of p, and stays a probability', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 }), (p) => {
        const q = benjaminiHochberg(p);
        p.forEach((a, i) => {
          expect(q[i]).toBeGreaterThanOrEqual(a - 1e-12);
          expect(q[i]).toBeLessThanOrEqual(1);
          p.forEach((b, j) => {
            if (a <= b) expect(q[i]).toBeLessThanOrEqual((q[j] ?? 0) + 1e-12);
          });
        });
      }),
    );
  });

  it('takes a missing p-value for no evidence', () => expect(benjaminiHochberg([Number.NaN, 0.01])).toEqual([1, 0.02]));
});
