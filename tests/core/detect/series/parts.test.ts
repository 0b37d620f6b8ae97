import { describe, expect, it } from 'vitest';
import { Episode } from '../../../../src/core/detect/series/episode.ts';
import { DAY, durationWords, HOUR, inferGrain, MINUTE } from '../../../../src/core/detect/series/grain.ts';
import { OwnTail } from '../../../../src/core/detect/series/own-tail.ts';
import { createRng } from '../../../../src/core/simulate/rng.ts';
import { normal } from '../../../../src/core/simulate/samplers.ts';

describe('the grain', () => {
  it.each<[string, number[], number]>([
    ['a minute', [MINUTE], MINUTE],
    ['five minutes that jitter by seconds', [4.95 * MINUTE, 5.1 * MINUTE], 5 * MINUTE],
    ['an hour with a hole', [HOUR, HOUR, 40 * HOUR, HOUR], HOUR],
    ['a day, of 23 hours too', [DAY, 23 * HOUR, DAY], DAY],
    ['what no clock knows', [42 * MINUTE], 42 * MINUTE],
    ['an hour where all times are one', [0, 0], HOUR],
  ])('is %s', (_, gaps, grain) => {
    let at = 0;
    const times = [0];
    for (const gap of [...gaps, ...gaps, ...gaps]) {
      at += gap;
      times.push(at);
    }
    expect(inferGrain(times)).toBe(grain);
  });

  it('is said in words', () => {
    expect([HOUR, 3 * HOUR, 15 * MINUTE, 7 * DAY].map(durationWords)).toEqual([
      'hour',
      '3 hours',
      '15 minutes',
      '7 days',
    ]);
  });
});

describe('the tail of a series', () => {
  const tailOf = (draw: () => number): OwnTail => {
    const tail = new OwnTail();
    for (let index = 0; index < 3000; index++) tail.add(Math.abs(draw()), 1);
    return tail;
  };

  it('finds nothing rare before it knows anything', () => {
    expect(new OwnTail().evidence(1e9)).toBe(0);
  });

  it('is near the true probability where sizes were seen, and cautious beyond', () => {
    const rng = createRng(1, 'tail');
    const tail = tailOf(() => normal(rng));
    expect(tail.evidence(1.96)).toBeCloseTo(-Math.log10(0.05), 1);
    expect(tail.evidence(2.58)).toBeCloseTo(2, 0);
    expect(tail.evidence(6)).toBeGreaterThan(3);
    expect(tail.evidence(6)).toBeLessThan(8.7);
    expect(tail.exceededBy(0.05)).toBeGreaterThanOrEqual(1.96);
  });

  it('is heavier where spikes are usual: the same leap is less of a surprise', () => {
    const rng = createRng(1, 'tail');
    const calm = tailOf(() => normal(rng));
    const spiky = tailOf(() => normal(rng) * (rng.chance(0.03) ? 8 : 1));
    expect(spiky.evidence(12)).toBeLessThan(calm.evidence(12) / 2);
  });

  it('grows with the size', () => {
    const rng = createRng(2, 'tail');
    const tail = tailOf(() => normal(rng));
    const evidence = Array.from({ length: 60 }, (_, index) => tail.evidence(0.2 * index));
    expect(evidence.every((value, index) => index === 0 || value >= (evidence[index - 1] ?? 0) - 1e-9)).toBe(true);
  });
});

describe('an episode', () => {
  const flags = (strengths: readonly number[]): number[] => {
    const episode = new Episode(6);
    return strengths.flatMap((strength, index) => (episode.place(index, strength).flagged ? [index] : []));
  };

  it('is flagged once while it lasts', () => {
    expect(flags([0, 0, 1.2, 1.3, 1.1, 0.4, 1.2, 0, 0])).toEqual([2]);
  });

  it('is flagged again when it gets far worse', () => {
    expect(flags([0, 1.2, 1.3, 2.5, 2.4])).toEqual([1, 3]);
  });

  it('ends after so many quiet buckets, and a new one needs a little more', () => {
    const quiet = Array.from({ length: 8 }, () => 0);
    expect(flags([1.1, ...quiet, 1.1, ...quiet, 1.3])).toEqual([0, 18]);
  });

  it('gives a score that grows with surprise and is 0.5 at the bar', () => {
    const scores = [0, 0.5, 0.99, 1, 2, 10].map((strength) => new Episode(6).place(0, strength).score);
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
    expect(scores[3]).toBe(0.5);
  });
});
