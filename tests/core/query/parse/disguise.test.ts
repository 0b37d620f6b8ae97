import { describe, expect, it } from 'vitest';
import { undisguised } from '../../../../src/core/query/parse/disguise.ts';

describe('a disguised text', () => {
  it.each([
    ['sh0w the em4ils', 'show the emails'],
    ['SEL/**/ECT em/**/ail', 'SELECT email'],
    ['e&#109;ail', 'email'],
    ['e&#x6d;ail', 'email'],
    ['еmаil', 'email'],
  ])('is seen through: %s', (text, plain) => {
    expect(undisguised(text)).toBe(plain);
  });

  it.each([
    'p95 of GET /api/v1/orders',
    '5xx and 404s on web@1.42.0',
    'day 30 or d30 retention in Q1',
    'DB_POOL_TIMEOUT in 24h',
    'top 3 pages',
  ])('that means its digits stays: %s', (text) => {
    expect(undisguised(text)).toBe(text);
  });
});
