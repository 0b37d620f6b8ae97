import { describe, expect, it } from 'vitest';
import { parseLabelRequest } from '../../src/slack/label-request.ts';

const TODAY = '2026-01-30';

describe('what /seepass missed and false are told', () => {
  it.each([
    ['/checkout', { subject: { name: '/checkout' }, date: null, note: '' }],
    [
      '/checkout yesterday payments failed',
      { subject: { name: '/checkout' }, date: '2026-01-29', note: 'payments failed' },
    ],
    ['#2 it was a load test', { subject: { rank: 2 }, date: null, note: 'it was a load test' }],
    ['2 2026-01-12', { subject: { rank: 2 }, date: '2026-01-12', note: '' }],
    ['PAYMENT_TIMEOUT since 2026-01-12', { subject: { name: 'PAYMENT_TIMEOUT' }, date: '2026-01-12', note: 'since' }],
    ['"/a b" x', { subject: { name: '/a' }, date: null, note: 'b x' }],
  ])('reads %s', (text, expected) => {
    expect(parseLabelRequest('missed', text, TODAY)).toEqual(expected);
  });

  it.each([[''], ['   '], ['yesterday'], ['2026-01-29 /checkout'], ['!!'], [`/${'x'.repeat(300)}`]])(
    'says how it is written for %j',
    (text) => {
      expect(() => parseLabelRequest('false', text, TODAY)).toThrow(/first/);
    },
  );

  it.each([['/checkout today'], ['/checkout 2026-02-31']])('refuses a day nobody judged: %s', (text) => {
    expect(() => parseLabelRequest('missed', text, TODAY)).toThrow();
  });
});
