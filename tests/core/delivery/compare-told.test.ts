import { describe, expect, it } from 'vitest';
import { compareTold, correctionsOf } from '../../../src/core/delivery/compare-told.ts';
import type { Told, ToldItem } from '../../../src/core/delivery/told.ts';

const item = (entity_key: string, over: Partial<ToldItem> = {}): ToldItem => ({
  rank: 1,
  entity_type: 'surface',
  entity_key,
  members: [],
  severity: 'medium',
  metric: 'error_rate',
  ratio: 4,
  headline: `${entity_key}: errors 4x normal`,
  figure: '4.0%',
  ...over,
});
const told = (...items: ToldItem[]): Told => ({
  date: '2026-01-29',
  items: items.map((each, index) => ({ ...each, rank: index + 1 })),
});
const moves = (before: Told | undefined, now: Told) => compareTold(before, now).moves;

describe('from one digest to the next', () => {
  it('everything is new in the first one, and nothing resolved', () => {
    expect(compareTold(undefined, told(item('/cart')))).toMatchObject({ since: null, resolved: [] });
    expect(moves(undefined, told(item('/cart')))).toEqual({ 'surface /cart': 'new' });
  });

  it.each([
    ['the same figure', {}, 'same'],
    ['within a tenth', { ratio: 4.3 }, 'same'],
    ['a quarter more', { ratio: 5 }, 'worse'],
    ['a quarter less', { ratio: 3 }, 'better'],
    ['a step up in severity, whatever the figure', { severity: 'high', ratio: 3 }, 'worse'],
    ['a step down in severity', { severity: 'low', ratio: 5 }, 'better'],
    ['another metric that leads: two ratios of different things', { metric: 'dropoff_rate', ratio: 9 }, 'same'],
    ['no expectation to compare with', { ratio: null }, 'same'],
  ] as const)('%s', (_, over, move) => {
    expect(moves(told(item('/cart')), told(item('/cart', over)))).toEqual({ 'surface /cart': move });
  });

  it('what is not outside normal any more is resolved, unless it is told under another name', () => {
    const before = told(item('/cart'), item('/pay'), item('/search'));
    const now = told(item('/checkout', { members: ['/pay'] }), item('/search'));
    expect(compareTold(before, now).resolved.map(({ entity_key }) => entity_key)).toEqual(['/cart']);
    expect(moves(before, now)).toEqual({ 'surface /checkout': 'new', 'surface /search': 'same' });
  });

  it('what was one of several pages of a cause is not new when it stands alone', () => {
    const before = told(item('/checkout', { members: ['/pay'] }));
    expect(moves(before, told(item('/pay')))).toEqual({ 'surface /pay': 'same' });
  });
});

describe('late data', () => {
  it('corrects nothing where every figure reads the same', () => {
    expect(correctionsOf(told(item('/cart')), told(item('/cart', { ratio: 4.04 })), 5)).toEqual([]);
  });

  it('gives a figure that reads differently with what it was, and the rank it had', () => {
    const before = told(item('/cart'), item('/pay'));
    const now = told(item('/pay', { figure: '9.1%' }), item('/cart'));
    expect(correctionsOf(before, now, 5)).toMatchObject([
      { kind: 'figure', before: '4.0%', after: '9.1%', rankBefore: 2 },
      { kind: 'rank', rankBefore: 1 },
    ]);
  });

  it('says what appeared and what vanished among those people saw', () => {
    const before = told(item('/cart'), item('/pay'), item('/below'));
    const now = told(item('/cart'), item('/search'), item('/further'));
    expect(correctionsOf(before, now, 2).map((each) => [each.kind, each.item.entity_key])).toEqual([
      ['appeared', '/search'],
      ['vanished', '/pay'],
    ]);
  });
});
