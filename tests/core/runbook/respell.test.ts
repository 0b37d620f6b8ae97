import { describe, expect, it } from 'vitest';
import { respell, unwrittenWords } from '../../../src/core/runbook/respell.ts';
import { termsOf } from '../../../src/core/runbook/search-terms.ts';

const NAMES = ['Chargebacks rise', 'Receipts do not print', 'SMS does not arrive', 'Authentication fails'];

/** The terms of words that no section holds. */
const meantBy = (words: string, holders = 0): string[] => {
  const terms = termsOf({ words });
  const held = terms.map(() => holders);
  return respell(terms, held, NAMES).map(({ text }) => text);
};

describe('a word that nobody wrote', () => {
  it.each([
    ['chargebaks', 'chargebacks'],
    ['reciepts', 'receipts'],
    ['ariving', 'arrive'],
    ['athentcation', 'authentication'],
  ])('%s is taken for %s', (written, meant) => {
    expect(meantBy(written)).toEqual([meant]);
  });

  it.each(['samsung', 'wifi', 'rice', 'terraform'])('%s is left as it is: too short, or like none', (word) => {
    expect(meantBy(word)).toEqual([word]);
  });

  it('is looked up with the other ways of putting what was meant', () => {
    const terms = termsOf({ words: 'ariving' });
    expect(respell(terms, [0], NAMES)[0]?.alternatives).toContain('deliver');
  });
});

it('leaves a word alone that some section holds', () => {
  const terms = termsOf({ words: 'chargebaks' });
  expect(unwrittenWords(terms, [3])).toEqual([]);
  expect(respell(terms, [3], NAMES)).toBe(terms);
});
