import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standsOut } from '../../../src/core/runbook/stand-out.ts';

const among = (sections: number, deviations: number) =>
  standsOut({ similarity: 0.3 + deviations * 0.1, mean: 0.3, deviation: 0.1, sections });

describe('the section that is nearest in meaning', () => {
  it.each([
    // Φ⁻¹(1 - 0.2 / n), from tables of the normal distribution.
    { sections: 10, from: 2.054 },
    { sections: 100, from: 2.878 },
    { sections: 1_000, from: 3.54 },
    { sections: 5_000, from: 3.944 },
  ])('of $sections stands out from $from deviations on', ({ sections, from }) => {
    expect(among(sections, from + 0.03)).toBe(true);
    expect(among(sections, from - 0.03)).toBe(false);
  });

  it('never does among fewer than ten, nor where all are alike', () => {
    expect(among(9, 10)).toBe(false);
    expect(standsOut({ similarity: 0.5, mean: 0.5, deviation: 0, sections: 100 })).toBe(false);
    expect(standsOut({ similarity: Number.NaN, mean: Number.NaN, deviation: Number.NaN, sections: 100 })).toBe(false);
  });

  it('does or does not whatever a model’s scale is', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 6, noNaN: true }),
        fc.double({ min: 0.01, max: 0.5, noNaN: true }),
        fc.double({ min: -0.5, max: 0.9, noNaN: true }),
        (deviations, deviation, mean) => {
          // Nearer to the limit, rounding decides.
          fc.pre(Math.abs(deviations - 2.97) > 0.05);
          const similarity = mean + deviations * deviation;
          expect(standsOut({ similarity, mean, deviation, sections: 148 })).toBe(among(148, deviations));
        },
      ),
    );
  });
});
