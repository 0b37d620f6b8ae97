import { describe, expect, it } from 'vitest';
import { nearestWord } from '../../../../src/core/query/parse/spelling.ts';

const KNOWN = ['checkout', 'error', 'errors', 'plan', 'release', 'revenue', 'abandonment', 'cart', 'card'];

describe('a mistyped word', () => {
  it.each([
    ['chekout', 'checkout'],
    ['chcekout', 'checkout'],
    ['eror', 'error'],
    ['paln', 'plan'],
    ['abandonement', 'abandonment'],
    ['abandonnement', 'abandonment'],
    ['revnue', 'revenue'],
  ])('%s is read as %s', (typed, meant) => {
    expect(nearestWord(typed, KNOWN)).toBe(meant);
  });

  it.each([
    ['too short to guess', 'pla'],
    ['with another first letter', 'lan'],
    ['with a digit', 'err0r'],
    ['as near to one as to another', 'carx'],
    ['too far from any', 'chkot'],
  ])('%s stays as it is: %s', (_, typed) => {
    expect(nearestWord(typed, KNOWN)).toBeUndefined();
  });
});
