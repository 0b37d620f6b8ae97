import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignatureDay } from '../../../../src/core/records.ts';
import {
  followMerges,
  mergedWith,
  mergeSignatureDays,
  mergeTopSignatures,
} from '../../../../src/core/text/grouping/merges.ts';

const day = (signature: string, errors: number, more: Partial<SignatureDay> = {}): SignatureDay => ({
  date: '2026-01-29',
  surface: '/pay',
  signature,
  errors,
  example: `an example of ${signature}`,
  url: null,
  release_top: null,
  ...more,
});

describe('merged signatures', () => {
  it('are counted under the end of the chain, and a circle ends somewhere', () => {
    const direct = new Map([
      ['a', 'b'],
      ['b', 'c'],
      ['d', 'c'],
    ]);
    const merges = followMerges(direct);
    expect(Object.fromEntries(merges)).toEqual({ a: 'c', b: 'c', d: 'c' });
    expect(mergedWith(merges, 'c')).toEqual(['c', 'a', 'b', 'd']);
    expect(mergedWith(merges, 'x')).toEqual(['x']);
    expect(followMerges(new Map([...direct, ['c', 'a']])).size).toBeLessThanOrEqual(4);
  });

  it('are one row a day and surface, with the example of the one they are counted under where it has one', () => {
    const merges = new Map([
      ['a', 'c'],
      ['b', 'c'],
    ]);
    const days = [day('a', 1), day('b', 5), day('a', 2, { surface: '/x' }), day('c', 1, { url: 'https://t.example' })];
    expect(mergeSignatureDays(days, merges)).toEqual([
      day('c', 7, { url: 'https://t.example' }),
      day('c', 2, { surface: '/x', example: 'an example of a' }),
    ]);
    expect(mergeSignatureDays(days.slice(0, 2), merges)).toEqual([day('c', 6, { example: 'an example of b' })]);
  });

  it('are one entry of a list, which stays sorted', () => {
    const list = ['a', 'b', 'c'].map((sig, index) => ({ sig, count: 9 - index, example: sig }));
    expect(mergeTopSignatures(list, new Map([['c', 'b']]))).toEqual([
      { sig: 'b', count: 15, example: 'b' },
      { sig: 'a', count: 9, example: 'a' },
    ]);
    expect(mergeTopSignatures(list, new Map())).toEqual(list);
  });

  it('lose no error, whatever is merged', () => {
    const names = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    fc.assert(
      fc.property(fc.array(fc.tuple(names, names)), fc.array(fc.tuple(names, fc.nat(50))), (pairs, counts) => {
        const merges = followMerges(new Map(pairs));
        const days = counts.map(([signature, errors], index) => day(signature, errors, { surface: `/${index % 3}` }));
        const merged = mergeSignatureDays(days, merges);
        const total = (rows: readonly SignatureDay[]): number => rows.reduce((sum, { errors }) => sum + errors, 0);
        expect(total(merged)).toBe(total(days));
        if (days.some(({ signature }) => merges.has(signature)))
          expect(new Set(merged.map(({ surface, signature }) => `${surface} ${signature}`)).size).toBe(merged.length);
      }),
    );
  });
});
