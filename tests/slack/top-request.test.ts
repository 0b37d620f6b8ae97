import { describe, expect, it } from 'vitest';
import { parseTopRequest } from '../../src/slack/top-request.ts';

const TODAY = '2026-01-30';

describe('what /seepass top was asked for', () => {
  it.each([
    ['', { limit: 5, pattern: null, date: null }],
    ['10', { limit: 10, pattern: null, date: null }],
    ['/checkout*', { limit: 5, pattern: '/checkout*', date: null }],
    ['10 /checkout* 2026-01-28', { limit: 10, pattern: '/checkout*', date: '2026-01-28' }],
    ['yesterday  *pay* 3', { limit: 3, pattern: '*pay*', date: '2026-01-29' }],
    ['"/a b" 2', null],
    ['PAYMENT_TIMEOUT', { limit: 5, pattern: 'PAYMENT_TIMEOUT', date: null }],
    ['“/checkout”', { limit: 5, pattern: '/checkout', date: null }],
  ])('reads "%s"', (text, expected) => {
    if (expected) expect(parseTopRequest(text, TODAY)).toEqual(expected);
    else expect(() => parseTopRequest(text, TODAY)).toThrow();
  });

  it.each([
    ['0', '1 to 20 priorities, not 0'],
    ['21', 'not 21'],
    ['-3', 'not -3'],
    ['2.5', 'not 2.5'],
    ['5 6', 'more than one number'],
    ['/a /b', 'more than one surface pattern'],
    ['yesterday 2026-01-01', 'more than one date'],
    ['2026-02-30', 'not a date'],
    ['30.01.2026', 'not a date'],
    ['today', 'Only complete days'],
    ['checkout', 'I did not understand "checkout"'],
    [`/${'x'.repeat(300)}`, 'at most 200 characters'],
  ])('explains what is wrong with "%s"', (text, words) => {
    expect(() => parseTopRequest(text, TODAY)).toThrow(words);
  });
});
