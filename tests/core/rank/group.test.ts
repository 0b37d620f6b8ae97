import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Funnel } from '../../../src/core/funnel.ts';
import { groupByCause } from '../../../src/core/rank/group.ts';
import type { Contributor, Priority } from '../../../src/core/records.ts';
import { finding, priority } from '../../support/priority.ts';

interface Shape {
  score?: number;
  signature?: string;
  release?: string;
  account?: string;
  since?: string;
}

const drivers = (score: number): Priority['drivers'] => [
  { name: 'severity', value: 2, unit: 'x', points: score - 10 },
  { name: 'reach', value: 4, unit: 'accounts', points: 10 },
];

function flagged(
  entity_key: string,
  { score = 30, signature, release, account, since = '2026-01-29' }: Shape,
): Priority {
  const contributor: Contributor = {
    dimension: 'account',
    value: account ?? '',
    change: 1,
    rate: 1,
    mix: 0,
    share: 0.8,
    usual_share: 0.1,
    count: 9,
  };
  const made = priority({
    entity_key,
    since,
    findings: [
      finding('spike', 'error_rate', { entity_key }),
      ...(signature ? [finding('concentration', 'share', { entity_key, evidence: { signature } })] : []),
      ...(release ? [finding('release', 'error_rate', { entity_key, evidence: { release } })] : []),
    ],
    ...(account
      ? {
          contributors: {
            before: 0,
            now: 1,
            change: 1,
            explained: [contributor],
            searched: ['account'],
            outside: false,
          },
        }
      : {}),
  });
  return { ...made, score, drivers: drivers(score), members: [] };
}

const names = (priorities: readonly Priority[]): string[][] =>
  priorities.map(({ entity_key, members }) => [entity_key, ...members.map((member) => member.entity_key).sort()]);

describe('folding what has one root', () => {
  it('makes ten pages with one error one item with nine members, led by the worst', () => {
    const pages = Array.from({ length: 10 }, (_, index) =>
      flagged(`/p${index}`, { score: 20 + index, signature: 'UPSTREAM_502' }),
    );
    const [item, ...rest] = groupByCause(pages);
    expect(rest).toEqual([]);
    expect(item?.entity_key).toBe('/p9');
    expect(item?.members).toHaveLength(9);
    expect(item?.pattern_record.shared_cause).toMatchObject({
      by: 'error_signature',
      value: 'UPSTREAM_502',
      members: 10,
    });
  });

  it.each<[string, Shape, Shape, boolean]>([
    ['the same error', { signature: 'A' }, { signature: 'A' }, true],
    ['different errors', { signature: 'A' }, { signature: 'B' }, false],
    ['the same release, since the same day', { release: 'web@2' }, { release: 'web@2' }, true],
    ['the same release, days apart', { release: 'web@2' }, { release: 'web@2', since: '2026-01-27' }, false],
    ['the same account', { account: 'acme' }, { account: 'acme' }, true],
    ['nothing in common', {}, {}, false],
  ])('looks at %s', (_, one, other, together) => {
    expect(groupByCause([flagged('/a', one), flagged('/b', other)])).toHaveLength(together ? 1 : 2);
  });

  it('folds a flagged error with the pages it is the main error of', () => {
    const error = { ...flagged('TIMEOUT', { score: 50 }), entity_type: 'error_signature' as const };
    const members = [{ entity_type: 'surface' as const, entity_key: '/a' }];
    expect(names(groupByCause([flagged('/a', { signature: 'TIMEOUT' }), { ...error, members }]))).toEqual([
      ['TIMEOUT', '/a'],
    ]);
  });

  it('follows a chain: a with b by error, b with c by release', () => {
    const chain = [
      flagged('/a', { signature: 'A' }),
      flagged('/c', { release: 'r' }),
      flagged('/b', { signature: 'A', release: 'r' }),
    ];
    expect(names(groupByCause(chain))).toEqual([['/a', '/b', '/c']]);
  });

  it('scores the group by the most points any member has for each driver, and they add up', () => {
    const wide = flagged('/a', { score: 40, signature: 'A' });
    wide.drivers = [
      { name: 'severity', value: 1, unit: 'x', points: 20 },
      { name: 'reach', value: 90, unit: 'accounts', points: 20 },
    ];
    const [item] = groupByCause([wide, flagged('/b', { score: 35, signature: 'A' })]);
    expect(item?.score).toBe(45);
    expect(item?.drivers.reduce((sum, { points }) => sum + points, 0)).toBe(45);
  });

  it('keeps every entity exactly once', () => {
    const shape = fc.record({
      signature: fc.constantFrom('A', 'B', 'C', undefined),
      release: fc.constantFrom('r', 's', undefined),
    });
    fc.assert(
      fc.property(fc.array(shape, { maxLength: 12 }), (shapes) => {
        const pages = shapes.map(({ signature, release }, index) =>
          flagged(`/p${index}`, { ...(signature ? { signature } : {}), ...(release ? { release } : {}) }),
        );
        expect(names(groupByCause(pages)).flat().sort()).toEqual(pages.map(({ entity_key }) => entity_key).sort());
      }),
    );
  });
});

describe('neighbours in a funnel', () => {
  const page = (surface: string) => ({ type: 'pageview' as const, surface });
  const checkout: Funnel = {
    id: 'checkout',
    steps: [page('/cart'), page('/checkout'), { type: 'action', surface: '/checkout' }, page('/pay*'), page('/thanks')],
  };
  type Flag = [rule: string, metric: string];
  const errors: Flag = ['spike', 'error_rate'];
  const fewerActions: Flag = ['conversion-drop', 'conversion_rate'];
  const fewerViews: Flag = ['traffic-drop', 'pageviews'];
  const on = (entity_key: string, [rule, metric]: Flag, more: { since?: string; score?: number } = {}): Priority => {
    const { since = '2026-01-29', score = 30 } = more;
    const made = priority({ entity_key, since, findings: [finding(rule, metric, { entity_key })] });
    return { ...made, score, drivers: drivers(score) };
  };
  const together = (...priorities: Priority[]): string[][] => names(groupByCause(priorities, [checkout]));

  it('tells a page that fails and the next that loses people as one, led by the first whatever its score', () => {
    const [item, ...rest] = groupByCause(
      [on('/checkout', fewerActions, { score: 50 }), on('/cart', errors, { score: 20 })],
      [checkout],
    );
    expect(rest).toEqual([]);
    expect(item).toMatchObject({ entity_key: '/cart', score: 50, members: [{ entity_key: '/checkout' }] });
    expect(item?.pattern_record.shared_cause).toEqual({
      by: 'funnel',
      value: 'checkout',
      upstream: '/cart',
      members: 2,
    });
  });

  it.each<[string, Flag, Flag, boolean]>([
    ['errors', errors, fewerViews, true],
    ['errors without views', ['error-count', 'errors'], fewerViews, true],
    ['failed requests', ['failure-storm', 'failure_rate'], fewerActions, true],
    ['slow requests', ['latency', 'latency_p95'], fewerActions, true],
    ['missing traffic', fewerViews, fewerViews, true],
    ['missing requests', ['traffic-drop', 'requests'], fewerViews, true],
    ['tickets', ['spike', 'ticket_rate'], fewerViews, false],
    ['fewer actions', fewerActions, fewerViews, false],
    ['errors, and more errors after it', errors, errors, false],
  ])('looks at %s before it', (_, before, after, joined) => {
    expect(together(on('/cart', before), on('/checkout', after))).toHaveLength(joined ? 1 : 2);
  });

  it.each<[string, Priority[], number]>([
    ['a day apart', [on('/cart', errors), on('/checkout', fewerViews, { since: '2026-01-28' })], 1],
    ['two days apart', [on('/cart', errors), on('/checkout', fewerViews, { since: '2026-01-27' })], 2],
    ['the other way round', [on('/cart', fewerViews), on('/checkout', errors)], 2],
    ['with a step between that is fine', [on('/cart', errors), on('/pay/card', fewerViews)], 2],
    ['two steps on one page', [on('/checkout', errors), on('/pay/card', fewerViews)], 1],
    ['pages that are no step', [on('/search', errors), on('/products', fewerViews)], 2],
    [
      'both ends of one funnel, each for itself',
      [
        ...[on('/cart', errors), on('/checkout', fewerActions)],
        ...[on('/pay/card', errors), on('/thanks', fewerViews)],
      ],
      2,
    ],
  ])('joins %s: %#', (_, priorities, items) => expect(together(...priorities)).toHaveLength(items));

  it('follows people along the way: who never arrived is missing at every later step', () => {
    const way = [
      on('/thanks', fewerViews),
      on('/pay/card', fewerViews),
      on('/checkout', fewerViews),
      on('/cart', errors),
    ];
    const [item, ...rest] = groupByCause(way, [checkout]);
    expect(rest).toEqual([]);
    expect(item?.pattern_record.shared_cause).toMatchObject({ upstream: '/cart', members: 4 });
  });

  it('joins nothing where no funnel is declared', () => {
    expect(groupByCause([on('/cart', errors), on('/checkout', fewerViews)])).toHaveLength(2);
  });
});
