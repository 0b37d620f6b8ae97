import { describe, expect, it } from 'vitest';
import { deedIn } from '../../../src/core/runbook/deed.ts';
import { rankHits } from '../../../src/core/runbook/fuse.ts';
import { isEnglish, isGeneral } from '../../../src/core/runbook/general-words.ts';
import { isPlace, kindsOf } from '../../../src/core/runbook/named-things.ts';
import { termsOf } from '../../../src/core/runbook/search-terms.ts';

const weightOf = (word: string): number | undefined => termsOf({ words: word })[0]?.weight;

describe('a word of a question', () => {
  it.each(['suddenly', 'colleagues', 'enormous', 'Brazil', 'Swiss', '2am', '100k', 'e'])('says little: %s', (word) => {
    expect(weightOf(word)).toBeLessThan(1);
  });

  it.each(['printer', 'kafka', 'elevator', '502', 'db', 's3'])('names a subject: %s', (word) => {
    expect(weightOf(word)).toBe(1);
  });

  it('is told in any form to be general English, and then no slip for another word', () => {
    expect(['wander', 'wandered', 'wandering'].map(isGeneral)).toEqual([true, true, true]);
    expect([isEnglish('clicks'), isEnglish('reciept')]).toEqual([true, false]);
  });

  it('is cut where two words were written as one', () => {
    expect(termsOf({ words: 'AccessDenied' })[0]?.text).toBe('access denied');
  });
});

describe('a name', () => {
  it('stands for its kind, and its kind not for it', () => {
    expect(kindsOf('Okta')).toContain('identity provider');
    expect(termsOf({ words: 'identity provider' })[0]?.alternatives).not.toContain('okta');
  });

  it('of a country, a city or who lives there is a place', () => {
    expect(['Vietnam', 'berlin', 'polish', 'United States', 'printer'].map(isPlace)).toEqual([
      ...[true, true, true, true, false],
    ]);
  });
});

describe('what a question asks to be done', () => {
  it.each([
    ['how do I rename the company', 'rename'],
    ['customer wants to change his name', 'change'],
    ['add klarna', 'add'],
    ['how do I fix the queue', undefined],
    ['payments fail since the upgrade', undefined],
    ['', undefined],
  ])('%s: %s', (question, deed) => {
    expect(deedIn(question)).toBe(deed);
  });

  it('halves the score of a section that says nothing of it', () => {
    const scoreOf = (words: string, held: number) => {
      const terms = termsOf({ words });
      const hit = {
        ...{ id: '1', headings: ['Steps'], anchor: 'steps', page: null, place: 0 },
        runbook: { number: 1, title: 'Guide', version: 1, url: null, reviewBy: null },
        hits: [{ term: held, inTitle: false, inHeadings: true, inKeywords: false, body: 0, likeness: 1 }],
      };
      return rankHits(terms, { hits: [hit], holders: terms.map(() => 1), sections: 50 })[0]?.score ?? 0;
    };
    expect(scoreOf('rename topic', 1)).toBeCloseTo(scoreOf('the rename of a topic', 1) / 2);
  });
});
