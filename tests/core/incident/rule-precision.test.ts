import fc from 'fast-check';
import { expect, it } from 'vitest';
import { precisionOf } from '../../../src/core/incident/rule-precision.ts';

it.each([
  ['nothing was judged', 0, 0, false],
  ['seven of seven were false: too few', 0, 7, false],
  ['eight of eight were false', 0, 8, true],
  ['half of eight were useful', 4, 4, true],
  ['five of eight were useful', 5, 3, false],
  ['a third of thirty were useful', 10, 20, true],
  ['a third of three hundred were useful', 110, 190, false],
])('a rule of which %s is demoted: %s useful, %s false, %s', (_, useful, wrong, isDemoted) => {
  expect(precisionOf({ useful, false: wrong }).isDemoted).toBe(isDemoted);
});

it('a useful alert more never demotes a rule, and a false one more never restores it', () => {
  const count = fc.nat(200);
  fc.assert(
    fc.property(count, count, (useful, wrong) => {
      const now = precisionOf({ useful, false: wrong });
      expect(precisionOf({ useful, false: wrong + 1 }).lower).toBeLessThanOrEqual(now.lower + 1e-12);
      expect(precisionOf({ useful: useful + 1, false: wrong }).lower).toBeGreaterThanOrEqual(now.lower - 1e-12);
    }),
  );
});
