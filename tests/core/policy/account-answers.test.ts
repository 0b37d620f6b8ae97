import { describe, expect, it } from 'vitest';
import { findMetric } from '../../../src/core/catalogue/index.ts';
import { accountsForbidden, isAboutAccounts } from '../../../src/core/policy/account-answers.ts';
import { protectSmallGroups } from '../../../src/core/policy/small-groups.ts';
import type { MetricQuery } from '../../../src/core/query/metric-query.ts';
import { figure, queryOf, resultOf, row } from '../query/answer/asked.ts';

const metricOf = ({ metric }: MetricQuery) => {
  const found = findMetric(metric ?? '');
  if (found === undefined) throw new Error('no metric');
  return found;
};

describe('an answer is about single accounts', () => {
  it.each([
    ['rows by account', { metric: 'errors', group_by: ['account'] }, true],
    ['people of one account', { metric: 'active_users', filters: { account: 'Northwind' } }, true],
    ['a figure of one account', { metric: 'errors', filters: { account: 'Northwind' } }, false],
    ['a count of accounts', { metric: 'churned_accounts' }, false],
    ['accounts by plan', { metric: 'active_accounts', group_by: ['plan'] }, false],
  ])('%s', (_name, changes, about) => {
    const query = queryOf(changes);
    expect(isAboutAccounts(query, metricOf(query))).toBe(about);
  });

  it.each([
    [['viewer'], 'asker', 'role'],
    [['viewer', 'approver'], 'asker', 'role'],
    [['viewer', 'analyst'], 'asker', null],
    [['viewer', 'analyst'], 'private_channel', null],
    [['viewer', 'analyst'], 'public_channel', 'audience'],
    [['viewer', 'admin'], 'asker', null],
    [['viewer', 'admin'], 'public_channel', 'audience'],
  ] as const)('%j reading with %s: %s', (roles, audience, why) => expect(accountsForbidden(roles, audience)).toBe(why));
});

describe('small groups', () => {
  const byPlan = queryOf({ metric: 'active_users', group_by: ['plan'] });
  const rowsOf = (counts: Record<string, number>) =>
    Object.entries(counts).map(([plan, count]) => row({ key: { plan }, figure: figure(count) }));
  const shown = (counts: Record<string, number>, groups = Object.keys(counts).length) => {
    const result = resultOf(figure(200), { rows: rowsOf(counts), groups });
    const safe = protectSmallGroups(byPlan, metricOf(byPlan), result);
    return { names: safe.result.rows.map(({ key }) => key.plan), withheld: safe.withheld };
  };

  it.each([
    ['of under five people are left out', { growth: 120, free: 4, trial: 2 }, { names: ['growth'], withheld: 2 }],
    [
      'go in pairs, so that the rest does not tell one',
      { growth: 120, free: 30, trial: 4 },
      { names: ['growth'], withheld: 2 },
    ],
    ['of nobody give nobody away', { growth: 120, free: 0 }, { names: ['growth', 'free'], withheld: 0 }],
    ['of five are shown', { growth: 120, free: 5 }, { names: ['growth', 'free'], withheld: 0 }],
  ])('%s', (_name, counts, expected) => expect(shown(counts)).toEqual(expected));

  it('go alone where more groups are not shown anyhow', () =>
    expect(shown({ growth: 120, free: 30, trial: 4 }, 9)).toEqual({ names: ['growth', 'free'], withheld: 1 }));

  it('of a rate are those it is taken over', () => {
    const query = queryOf({ metric: 'retention_rate', group_by: ['plan'] });
    const rows = [
      row({ key: { plan: 'a' }, figure: figure([1, 4]) }),
      row({ key: { plan: 'b' }, figure: figure([0, 3]) }),
    ];
    expect(protectSmallGroups(query, metricOf(query), resultOf(figure([40, 100]), { rows })).withheld).toBe(2);
  });

  it.each([
    ['events', { metric: 'errors', group_by: ['plan'] }],
    ['accounts', { metric: 'affected_accounts', group_by: ['plan'] }],
  ])('of %s are as they are', (_name, changes) => {
    const query = queryOf(changes);
    const result = resultOf(figure(2), { rows: rowsOf({ free: 2 }) });
    expect(protectSmallGroups(query, metricOf(query), result)).toEqual({ result, withheld: 0, rounded: false });
  });
});

it('counts the people of single accounts in fives, so that two answers cannot be subtracted', () => {
  const query = queryOf({ metric: 'active_users', filters: { account: 'Northwind' } });
  const [all, without] = [23, 22].map((people) => protectSmallGroups(query, metricOf(query), resultOf(figure(people))));
  expect(all?.rounded).toBe(true);
  expect([all, without].map((one) => one?.result.total.figure.value)).toEqual([25, 20]);
  expect(all?.result.rows[0]?.figure.value).toBe(25);
});
