import { describe, expect, it } from 'vitest';
import { isPlural, stemOf, tokenise } from '../../../../src/core/query/parse/tokens.ts';

describe('the stem of a word', () => {
  it.each([
    [['crash', 'crashes', 'crashed', 'crashing']],
    [['drop', 'dropped', 'dropping', 'drops']],
    [['company', 'companies']],
    [['release', 'releases', 'released']],
    [['complain', 'complains', 'complaining', 'complained']],
  ])('is one for all of %j', (words) => {
    expect(new Set(words.map(stemOf)).size).toBe(1);
  });

  it.each([['status'], ['ios'], ['access'], ['p95'], ['success'], ['use_case']])('leaves %s alone', (word) => {
    expect(stemOf(word)).toBe(word);
  });
});

describe('the words of a text', () => {
  it('lose apostrophes and possessives, and know where they stood', () => {
    const words = tokenise("What's checkout's rate?");
    expect(words.map(({ word }) => word)).toEqual(['whats', 'checkout', 'rate']);
    expect(words[1]).toMatchObject({ text: "checkout's", start: 7, end: 17 });
  });

  it('are taken within a range', () => {
    expect(tokenise('errors on /cart', [{ start: 10, end: 15 }]).map(({ taken }) => taken)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('stand for several with a plural s', () => {
    const [pages, status, page] = tokenise('pages status page');
    expect([pages, status, page, undefined].map(isPlural)).toEqual([true, false, false, false]);
  });
});
