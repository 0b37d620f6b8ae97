import { describe, expect, it } from 'vitest';
import {
  type ApprovalPolicy,
  approvalPolicyOf,
  approvalsSchema,
  type Requirement,
  requirementOf,
} from '../../../src/core/policy/approval-policy.ts';
import type { Risk } from '../../../src/core/records.ts';

const BOT = { proposedBy: 'system', editedBy: null };
const usual = approvalPolicyOf();
const among = (...people: string[]) => ({ people: new Set(people), complete: true });

describe('what a proposal needs', () => {
  it.each<
    [
      string,
      typeof BOT | { proposedBy: string; editedBy: string | null },
      Risk,
      Partial<ApprovalPolicy>,
      string[],
      Requirement['rule'],
      string[],
      number,
    ]
  >([
    ['one of the approvers at low risk', BOT, 'low', {}, ['A', 'B'], 'one', ['A', 'B'], 0],
    [
      'nobody at low risk, where the workspace says so',
      BOT,
      'low',
      { low_risk: 'runs_by_itself' },
      ['A'],
      'nobody',
      [],
      0,
    ],
    ['one at medium risk', BOT, 'medium', { low_risk: 'runs_by_itself' }, ['A', 'B'], 'one', ['A', 'B'], 0],
    ['two at high risk', BOT, 'high', {}, ['A', 'B'], 'two', ['A', 'B'], 0],
    [
      'somebody else than the person who proposed it',
      { proposedBy: 'A', editedBy: null },
      'high',
      {},
      ['A', 'B'],
      'another',
      ['B'],
      0,
    ],
    [
      'somebody else, also at low risk',
      { proposedBy: 'A', editedBy: null },
      'low',
      { low_risk: 'runs_by_itself' },
      ['A', 'B'],
      'another',
      ['B'],
      0,
    ],
    [
      'somebody else than whoever edited it',
      { proposedBy: 'system', editedBy: 'A' },
      'high',
      {},
      ['A', 'B'],
      'another',
      ['B'],
      0,
    ],
    [
      'neither who proposed nor who edited it',
      { proposedBy: 'A', editedBy: 'B' },
      'low',
      {},
      ['A', 'B', 'C'],
      'another',
      ['C'],
      0,
    ],
    ['the only approver after a wait, where two are asked for', BOT, 'high', {}, ['A'], 'sole', ['A'], 30],
    [
      'the only approver after a wait, also of what they edited',
      { proposedBy: 'system', editedBy: 'A' },
      'medium',
      {},
      ['A'],
      'sole',
      ['A'],
      30,
    ],
    ['the only approver at once, where one is enough', BOT, 'medium', {}, ['A'], 'one', ['A'], 0],
    [
      'two all the same, where the workspace never wants one alone',
      BOT,
      'high',
      { sole_approver_wait: 'never' },
      ['A'],
      'two',
      ['A'],
      0,
    ],
    [
      'nobody who is there, where the only approver proposed it',
      { proposedBy: 'A', editedBy: null },
      'low',
      {},
      ['A'],
      'another',
      [],
      0,
    ],
    [
      'the only approver of their own after a wait, where the workspace says so',
      { proposedBy: 'A', editedBy: null },
      'high',
      { sole_approver_own: true },
      ['A'],
      'own',
      ['A'],
      30,
    ],
    [
      'somebody else all the same, where there is one',
      { proposedBy: 'A', editedBy: null },
      'low',
      { sole_approver_own: true },
      ['A', 'B'],
      'another',
      ['B'],
      0,
    ],
    [
      'nobody who is there, where the workspace wants no wait',
      { proposedBy: 'A', editedBy: null },
      'low',
      { sole_approver_own: true, sole_approver_wait: 'never' },
      ['A'],
      'another',
      [],
      0,
    ],
    ['nobody who is there, without any approver', BOT, 'medium', {}, [], 'one', [], 0],
  ])('%s', (_, by, risk, declared, people, rule, from, minutes) => {
    const needs = requirementOf(by, risk, { ...usual, ...declared }, among(...people));
    expect(needs).toEqual({
      rule,
      approvals: { nobody: 0, one: 1, another: 1, sole: 1, own: 1, two: 2 }[rule],
      from: new Set(from),
      waitMs: minutes * 60_000,
    });
  });

  it('takes nobody for the only approver while a group cannot be looked up', () => {
    const own = { proposedBy: 'A', editedBy: null };
    const alone = { people: new Set(['A']), complete: false };
    expect(requirementOf(own, 'low', { ...usual, sole_approver_own: true }, alone)).toMatchObject({ rule: 'another' });
    const needs = requirementOf(BOT, 'high', usual, { people: new Set(['A']), complete: false });
    expect(needs).toMatchObject({ rule: 'two', approvals: 2 });
  });
});

describe('the declared policy', () => {
  it('is read as it is written, and keeps its default for what is left out', () => {
    const declared = {
      low_risk: 'runs_by_itself',
      groups: ['S0614TZR7'],
      sole_approver_wait: 'never',
      sole_approver_own: true,
    } as const;
    expect(approvalPolicyOf(approvalsSchema.parse(declared))).toEqual({ ...declared, disabled: [] });
    expect(approvalPolicyOf(approvalsSchema.parse(approvalPolicyOf()))).toEqual(approvalPolicyOf());
  });

  it.each([
    [{ low_risk: 'always' }, /one of runs_by_itself, one_approver/],
    [{ groups: ['approvers'] }, /id of a Slack user group/],
    [{ sole_approver_wait: 0 }, /minutes from 1 to 720, or never/],
    [{ high_risk: 'one' }, /does not know "high_risk"/],
  ])('refuses %j', (declared, words) => {
    expect(approvalsSchema.safeParse(declared).error?.issues[0]?.message).toMatch(words);
  });
});
