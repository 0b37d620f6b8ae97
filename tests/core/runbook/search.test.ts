import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerptOf, linkTo } from '../../../src/core/runbook/citation.ts';
import { RELEVANCE_FLOOR, type RunbookHit, rankHits } from '../../../src/core/runbook/fuse.ts';
import { type SearchTerm, termsOf } from '../../../src/core/runbook/search-terms.ts';
import { staleReason } from '../../../src/core/runbook/stale.ts';
import { codePoint } from '../../support/code-point.ts';

const textsOf = (words: string) => termsOf({ words }).map(({ text }) => text);

describe('what a need is looked for by', () => {
  it('leaves out what every question holds, and keeps phrases together', () => {
    expect(textsOf('How do I fix the single sign on, please?')).toEqual(['fix', 'single sign on']);
  });

  it('weighs an error signature most and what is said of any trouble least', () => {
    const weights = Object.fromEntries(
      termsOf({ words: 'DB_POOL_TIMEOUT errors on postgres' }).map(({ text, weight }) => [text, weight]),
    );
    expect(weights['db pool timeout']).toBeGreaterThan(weights.postgres ?? 0);
    expect(weights.postgres).toBeGreaterThan(weights.errors ?? 0);
  });

  it('puts a basket as a cart, whoever says which', () => {
    expect(termsOf({ words: 'basket' })[0]?.alternatives).toContain('cart');
    expect(termsOf({ words: 'carts' })[0]?.alternatives).toContain('basket');
  });

  it('reads an incident’s page, signatures, kind and topics', () => {
    const terms = termsOf({
      surface: '/checkout/pay',
      signatures: ['PAYMENT_PROVIDER_TIMEOUT'],
      categories: ['payment provider timeout'],
      topics: ['card fails'],
    }).map(({ text }) => text);
    expect(terms).toEqual(expect.arrayContaining(['payment provider timeout', 'checkout', 'card']));
  });

  it('is bounded whatever is written, and never holds query syntax', () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoint, maxLength: 300 }), (words) => {
        const terms = termsOf({ words });
        expect(terms.length).toBeLessThanOrEqual(24);
        const ways = terms.flatMap(({ alternatives }) => alternatives);
        expect(ways.filter((one) => !/^[\p{L}\p{N} ]+$/u.test(one))).toEqual([]);
      }),
    );
  });
});

const term = (text: string, weight = 1): SearchTerm => ({ text, alternatives: [text], weight });
/** What was found for one or two terms, the first of which is term 0. */
const found = (hits: readonly RunbookHit[], sections: number) => ({
  hits,
  sections,
  holders: [0, 1].map((at) => hits.filter((one) => one.hits.some(({ term: of }) => of === at)).length),
});
const hit = (id: string, ...hits: Partial<RunbookHit['hits'][number]>[]): RunbookHit => ({
  id,
  runbook: { number: 1, title: 'Guide', version: 1, url: null, reviewBy: null },
  headings: ['Steps'],
  anchor: id,
  page: null,
  place: Number(id),
  hits: hits.map((one) => ({
    ...{ term: 0, inTitle: false, inHeadings: false, inKeywords: false, body: 0, likeness: 1 },
    ...one,
  })),
});

describe('how much of a need a section covers', () => {
  it('counts a heading for more than a word in the text, and a rare word for more than a common one', () => {
    const inHeading = hit('1', { inHeadings: true });
    const inText = hit('2', { body: 0.06 });
    expect(rankHits([term('disk')], found([inText, inHeading], 50)).map(({ hit: { id } }) => id)).toEqual(['1', '2']);
    const common = Array.from({ length: 30 }, (_, at) => hit(`${at + 10}`, { term: 0, body: 0.06 }));
    const rare = hit('3', { term: 1, body: 0.06 });
    expect(rankHits([term('order'), term('subpoena')], found([...common, rare], 50))[0]?.hit.id).toBe('3');
  });

  it('is small where a word that nobody wrote is half of the need', () => {
    const [best] = rankHits([term('printer'), term('office')], found([hit('1', { term: 1, body: 0.06 })], 160));
    expect(best?.score).toBeLessThan(RELEVANCE_FLOOR);
  });

  it('grows with each subject that one section holds', () => {
    const terms = [term('disk'), term('replica')];
    const apart = [hit('1', { body: 0.06 }), hit('2', { term: 1, body: 0.06 })];
    const together = hit('3', { body: 0.06 }, { term: 1, body: 0.06 });
    const [best, second] = rankHits(terms, found([...apart, together], 160));
    expect(best?.hit.id).toBe('3');
    expect(best?.score).toBeGreaterThan(2 * (second?.score ?? 1));
  });

  it('is nothing where only words of any trouble are shared', () => {
    expect(rankHits([term('fix', 0.25)], found([hit('1', { inHeadings: true })], 10))).toEqual([]);
  });
});

describe('a citation', () => {
  it.each([
    ['https://wiki.example/x', { anchor: 'roll-back', page: null }, 'https://wiki.example/x#roll-back'],
    ['https://wiki.example/x#old', { anchor: 'roll-back', page: null }, 'https://wiki.example/x#roll-back'],
    ['https://files.example/a.pdf', { anchor: 'roll-back', page: 7 }, 'https://files.example/a.pdf#page=7'],
    ['javascript:alert(1)', { anchor: 'a', page: null }, null],
    [null, { anchor: 'a', page: null }, null],
  ])('links %s', (url, section, link) => {
    expect(linkTo(url, section)).toBe(link);
  });

  it('quotes the beginning, line by line, cut at a word', () => {
    expect(excerptOf('1. **Stop**\n\n   2. Start')).toBe('1. Stop\n2. Start');
    expect(excerptOf('one two three', 9)).toBe('one two…');
  });
});

describe('a runbook is stale', () => {
  it.each([
    [{ reviewBy: '2026-11-20', reviewed: null }, '2026-11-01', 'overdue'],
    [{ reviewBy: '2026-11-21', reviewed: null }, '2020-01-01', undefined],
    [{ reviewBy: null, reviewed: null }, '2026-05-01', 'not_reviewed'],
    [{ reviewBy: null, reviewed: '2026-11-01' }, '2026-05-01', undefined],
    [{ reviewBy: null, reviewed: null }, '2026-11-01', undefined],
  ])('%j, added %s: %s', (about, added, kind) => {
    expect(staleReason(about, added, '2026-11-21')?.kind).toBe(kind);
  });
});
