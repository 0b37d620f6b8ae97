import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimOf, RUNG_VERBS, RUNGS, withinRung } from '../../../src/core/explain/ladder.ts';

/** What people write to claim more than a rung carries. */
const CLAIMS: Readonly<Record<string, readonly string[]>> = {
  'co-occurs': ['Drop-offs rose with it.', 'Views fell with it.', 'It happened with the sale.'],
  precedes: ['Errors rose before it.', 'It came before the drop.', 'Errors preceded it.'],
  concentrated: ['TIMEOUT makes up most of it.', 'Two pages account for it.', 'It is concentrated in one plan.'],
  'release-aligned': ['It began with release {release}.', 'Worse since release {release}.'],
  reversed: [
    'The release caused it.',
    'It fell because of the release.',
    'Errors led to drop-offs.',
    'It is due to the release.',
    'The root cause is the pool.',
    'The deploy triggered it.',
    'The pool is responsible.',
    'It resulted from the change.',
  ],
};
const HEIGHTS = [...RUNGS, 'reversed'];

describe('what a text may claim', () => {
  for (const [rung, texts] of Object.entries(CLAIMS))
    it.each(texts)(`"%s" claims ${rung}`, (text) => expect(claimOf(text)).toBe(rung));

  it.each([
    'I would not look for a cause.',
    'Errors stayed in their range.',
    'Release web@1.42.0 came out on Tuesday.',
    'Nothing we measure explains it.',
    'They carry $12k a month.',
  ])('"%s" claims nothing', (text) => expect(claimOf(text)).toBeNull());

  it("lets every rung use its own verb and the weaker ones', never a stronger one", () => {
    for (const [at, rung] of RUNGS.entries())
      for (const [other, claims] of Object.entries(CLAIMS))
        for (const text of claims) {
          const allowed = HEIGHTS.indexOf(other) <= at;
          if (allowed) expect(withinRung(rung, text)).toBe(text);
          else expect(() => withinRung(rung, text), `${rung}: ${text}`).toThrow(/evidence/);
        }
    for (const rung of RUNGS) expect(withinRung(rung, `Errors ${RUNG_VERBS[rung]} something.`)).toContain('Errors');
  });

  it('finds the stronger verb wherever it stands in a text', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '.', ',', '{x}'), maxLength: 40 });
    const stronger = fc.constantFrom(...Object.values(CLAIMS).flat());
    fc.assert(
      fc.property(words, stronger, words, (before, claim, after) => {
        expect(() => withinRung(null, `${before}. ${claim} ${after}`)).toThrow(RangeError);
      }),
    );
  });
});
