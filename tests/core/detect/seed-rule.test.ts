import { describe, expect, it } from 'vitest';
import { seedSpike } from '../../../src/core/detect/seed-rule.ts';

// Mean 0.02, sample standard deviation 0.01: 14 days at 0.02 ± √(13/14) / 100.
const half = Math.sqrt(13 / 14) / 100;
const spread = Array.from({ length: 14 }, (_, day) => 0.02 + (day % 2 === 0 ? half : -half));
const steady = Array.from({ length: 28 }, () => 0.1);

describe("seed 000's spike, on numbers worked out by hand", () => {
  it('has the mean and the sample standard deviation it says', () => {
    const { mean, std } = seedSpike(0.03, spread);
    expect([mean, std].map((value) => Number(value.toFixed(12)))).toEqual([0.02, 0.01]);
  });

  it.each([
    ['within both limits', 0.0399, spread, false],
    ['over twice the mean, under mean + 3 std', 0.0401, spread, true],
    ['over mean + 3 std and over twice the mean', 0.0501, spread, true],
    ['over mean + 3 std only', 0.13, [...steady.map((rate, day) => rate + (day % 2 ? 0.005 : -0.005))], true],
    ['a constant series that stays', 0.1, steady, false],
    ['a constant series that moves at all', 0.1001, steady, true],
    ['anything after nothing', 0.001, steady.map(() => 0), true],
    ['nothing after nothing', 0, steady.map(() => 0), false],
    ['below normal', 0.001, spread, false],
  ])('%s: %f', (_, today, baseline, spike) => expect(seedSpike(today, baseline).spike).toBe(spike));

  it('has no ratio where the mean is 0 and no z where nothing varies', () => {
    expect(seedSpike(0.1, [0, 0])).toMatchObject({ ratio: null, z: null });
  });
});
