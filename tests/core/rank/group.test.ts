import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
