import { mean, quantile, variance } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/simulate/rng.ts';
import { createWeighted, gammaFactor, logNormal, poisson } from '../../../src/core/simulate/samplers.ts';

const draws = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);

describe('the generator of random numbers', () => {
  it('gives the same stream for the same seed and label, and another for any other', () => {
    const stream = (seed: number, label: string) => {
      const rng = createRng(seed, label);
      return draws(20, rng.next);
    };
    expect(stream(7, 'a')).toEqual(stream(7, 'a'));
    expect(stream(7, 'a')).not.toEqual(stream(8, 'a'));
    expect(stream(7, 'a')).not.toEqual(stream(7, 'b'));
  });

  it('is uniform, with no tie between neighbouring seeds', () => {
    const firsts = Array.from({ length: 4000 }, (_, seed) => createRng(seed, 'x').next());
    expect(mean(firsts)).toBeCloseTo(0.5, 1);
    expect(variance(firsts)).toBeCloseTo(1 / 12, 2);
  });
});

describe('samplers', () => {
  it.each([0.02, 0.7, 5, 12, 64])('poisson has mean and variance %d', (lambda) => {
    const rng = createRng(1, `poisson ${lambda}`);
    const counts = draws(20_000, () => poisson(rng, lambda));
    expect(Math.abs(mean(counts) / lambda - 1)).toBeLessThan(0.1);
    expect(Math.abs(variance(counts) / lambda - 1)).toBeLessThan(0.1);
  });

  it.each([0.004, 0.03, 0.5, 2])('gamma factor has mean 1 and variance %d', (dispersion) => {
    const rng = createRng(2, `gamma ${dispersion}`);
    const factors = draws(40_000, () => gammaFactor(rng, dispersion));
    expect(Math.abs(mean(factors) - 1)).toBeLessThan(0.05);
    expect(Math.abs(variance(factors) / dispersion - 1)).toBeLessThan(0.1);
  });

  it('a log-normal has its median and 95th percentile where the formula puts them', () => {
    const rng = createRng(3, 'log-normal');
    const values = draws(40_000, () => logNormal(rng, 320, 0.63));
    expect(Math.abs(quantile(values, 0.5) / 320 - 1)).toBeLessThan(0.05);
    expect(Math.abs(quantile(values, 0.95) / (320 * Math.exp(1.645 * 0.63)) - 1)).toBeLessThan(0.05);
  });

  it('draws in proportion to the weights, and never what has none', () => {
    const rng = createRng(4, 'weights');
    const draw = createWeighted([1, 0, 3, 6]);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 40_000; i++) {
      const index = draw(rng);
      counts[index] = (counts[index] ?? 0) + 1;
    }
    expect(counts[1]).toBe(0);
    expect(counts.map((count) => Math.round(count / 400) / 100)).toEqual([
      expect.closeTo(0.1, 1),
      0,
      expect.closeTo(0.3, 1),
      expect.closeTo(0.6, 1),
    ]);
  });
});
