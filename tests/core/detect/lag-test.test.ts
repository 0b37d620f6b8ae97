import { describe, expect, it } from 'vitest';
import { testLag } from '../../../src/core/detect/lag-test.ts';
import { createRng } from '../../../src/core/simulate/rng.ts';

const noise = (seed: number, days: number): number[] => {
  const rng = createRng(seed, 'test');
  return Array.from({ length: days }, () => rng.next());
};

describe('the lag test', () => {
  it('finds a follower that repeats its leader a day later', () => {
    const leader = noise(1, 30);
    const found = testLag(leader, [0.5, ...leader]);
    expect(found?.correlation).toBeCloseTo(1, 9);
    expect(found?.p).toBeLessThanOrEqual(0.002);
    expect(Math.abs(found?.sameDay ?? 1)).toBeLessThan(0.6);
  });

  it('is fooled by unrelated series about as often as its p-value says', () => {
    const found = Array.from({ length: 200 }, (_, seed) => testLag(noise(seed, 28), noise(seed + 1000, 28))?.p ?? 1);
    expect(found.filter((p) => p <= 0.05).length / found.length).toBeLessThan(0.1);
    expect(found.filter((p) => p <= 0.5).length / found.length).toBeGreaterThan(0.35);
  });

  it('says the same twice, and nothing of series that are short or never move', () => {
    expect(testLag(noise(3, 28), noise(4, 28))).toEqual(testLag(noise(3, 28), noise(4, 28)));
    expect(testLag(noise(3, 8), noise(4, 8))).toBeUndefined();
    expect(testLag(Array(28).fill(1), noise(4, 28))).toBeUndefined();
    expect(testLag(Array(28).fill(Number.NaN), noise(4, 28))).toBeUndefined();
  });

  it('leaves out days without a value', () => {
    const leader = noise(5, 30);
    const follower = [0.5, ...leader].map((value, day) => (day % 9 === 0 ? Number.NaN : value));
    expect(testLag(leader, follower)?.correlation).toBeCloseTo(1, 9);
  });
});
