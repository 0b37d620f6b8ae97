import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DatedGroup, findTwins } from '../../../../src/core/text/grouping/twins.ts';

/** "a load ** failed 2 5": its signature, its template, when it was first seen and when its template came about. */
const read = (line: string): DatedGroup => {
  const [signature = '', ...words] = line.split(' ');
  const [first_seen, changed_at] = words.slice(-2).map(Number);
  return { signature, template: words.slice(0, -2), first_seen: first_seen ?? 0, changed_at: changed_at ?? 0 };
};

describe('groups of one fault', () => {
  it.each([
    ['with the same template become the one seen first', ['a load ** failed 2 7', 'b load ** failed 1 9'], ['a>b']],
    ['join the wider template that was there before', ['a load user failed 1 5', 'b load ** failed 2 4'], ['a>b']],
    ['keep to themselves what was there before it', ['a load user failed 1 3', 'b load ** failed 2 4'], []],
    [
      'join the widest there was',
      ['a load user failed 1 5', 'b load ** failed 2 4', 'c ** ** failed 3 3'],
      ['a>c', 'b>c'],
    ],
    ['are not those that differ in a word', ['a load user failed 1 5', 'b save ** failed 2 4'], []],
    ['are not those of another length', ['a load user profile failed 1 5', 'b load ** failed 2 4'], []],
    ['are not those whose templates only cross', ['a ** user failed 1 5', 'b load ** failed 2 4'], []],
    ['are none where nothing may vary', ['a load user failed 1 5', 'b load user failed 2 4'], []],
  ])('%s', (_, lines, twins) => {
    const groups = lines.map(read);
    for (const order of [groups, groups.toReversed()])
      expect(
        findTwins(order)
          .map(({ from, into }) => `${from}>${into}`)
          .sort(),
      ).toEqual(twins);
  });

  it('never go round in a circle, and nothing joins what joins another', () => {
    const token = fc.constantFrom('a', 'b', '**');
    const groups = fc.array(fc.tuple(fc.array(token, { minLength: 1, maxLength: 3 }), fc.nat(5), fc.nat(5)), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(groups, (drawn) => {
        const twins = findTwins(
          drawn.map(([template, first_seen, changed_at], index) => ({
            signature: `s${index}`,
            template,
            first_seen,
            changed_at,
          })),
        );
        const gone = new Set(twins.map(({ from }) => from));
        expect(gone.size).toBe(twins.length);
        for (const { into } of twins) expect(gone.has(into)).toBe(false);
      }),
    );
  });
});
