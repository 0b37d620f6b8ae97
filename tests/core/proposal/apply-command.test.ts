import { describe, expect, it } from 'vitest';
import { approvalPolicyOf } from '../../../src/core/policy/approval-policy.ts';
import {
  applyCommand,
  approveAlone,
  type DecisionSetting,
  PROPOSAL_LIFE_MS,
} from '../../../src/core/proposal/apply-command.ts';
import type { ProposalCommand } from '../../../src/core/proposal/command.ts';
import { queuedExecution } from '../../../src/core/proposal/execution.ts';
import type { Proposal } from '../../../src/core/proposal/proposal.ts';
import { tick } from '../../../src/core/proposal/tick.ts';
import { proposalOf } from '../../slack/models.ts';

const NOW = Date.UTC(2026, 0, 30, 8, 12);
const HOUR = 3_600_000;
const ADMINS = ['U_ANN', 'U_BEN', 'U_CAT'];
const APPROVE: ProposalCommand = { kind: 'approve', version: 1 };
const REJECT: ProposalCommand = { kind: 'reject', reason: 'not today' };

const proposal = (change: Partial<Proposal> = {}) => proposalOf('p', change);
const said = (user: string, version = 1) => ({ user, at: NOW - HOUR, version });
const approved = (change: Partial<Proposal> = {}): Proposal =>
  proposal({
    ...{ state: 'approved', decidedBy: 'U_BEN', decidedAt: NOW, approvals: [said('U_BEN')] },
    execution: queuedExecution('e', NOW, NOW + HOUR),
    ...change,
  });

function setting(actor: string, change: Partial<DecisionSetting> = {}): DecisionSetting {
  return {
    ...{ actor, at: NOW, risk: 'medium', policy: approvalPolicyOf(), executionId: 'e', timezone: 'Europe/Berlin' },
    approvers: { people: new Set(ADMINS), complete: true },
    mention: (user) => `<@${user}>`,
    ...change,
  };
}

const changed = (from: Proposal, command: ProposalCommand, by: DecisionSetting): Proposal => {
  const decided = applyCommand(from, command, by);
  if ('refusal' in decided) throw new Error(decided.refusal.words);
  expect(decided.change.to.revision).toBe(from.revision + 1);
  return decided.change.to;
};

describe('a proposal', () => {
  it('is approved by one, which queues it', () => {
    expect(changed(proposal(), APPROVE, setting('U_ANN'))).toMatchObject({
      ...{ state: 'approved', decidedBy: 'U_ANN', decidedAt: NOW, expiresAt: NOW + PROPOSAL_LIFE_MS },
      approvals: [{ user: 'U_ANN', at: NOW, version: 1 }],
      execution: { id: 'e', state: 'queued', notBefore: NOW, attempts: 0 },
    });
  });

  it('waits for a second approver at high risk, and counts no approval of somebody who may no longer approve', () => {
    const once = changed(proposal(), APPROVE, setting('U_ANN', { risk: 'high' }));
    expect(once).toMatchObject({ state: 'proposed', execution: null });
    expect(changed(once, APPROVE, setting('U_BEN', { risk: 'high' }))).toMatchObject({ state: 'approved' });
    const withoutAnn = { people: new Set(['U_BEN', 'U_CAT']), complete: true };
    const twice = changed(once, APPROVE, setting('U_BEN', { risk: 'high', approvers: withoutAnn }));
    expect(twice).toMatchObject({ state: 'proposed', execution: null });
  });

  it('waits for objections where its only approver approves it', () => {
    const alone = { risk: 'high', approvers: { people: new Set(['U_ANN']), complete: true } } as const;
    const queued = changed(proposal(), APPROVE, setting('U_ANN', alone));
    expect(queued.execution?.notBefore).toBe(NOW + HOUR / 2);
    const objected = changed(queued, { kind: 'object', reason: 'wait' }, setting('U_ANYBODY', alone));
    expect(objected).toMatchObject({ state: 'withdrawn', decidedBy: 'U_ANYBODY', execution: { state: 'cancelled' } });
  });

  it('becomes another version by an edit, which nobody has approved, its editor least of all', () => {
    const action = { ...proposal().action, parameters: { to: '1.41.2' } };
    const edited = changed(
      proposal({ approvals: [said('U_BEN')] }),
      { kind: 'edit', version: 1, action },
      setting('U_ANN'),
    );
    expect(edited).toMatchObject({
      version: 2,
      editedBy: 'U_ANN',
      state: 'proposed',
      action: { parameters: { to: '1.41.2' } },
    });
    expect(applyCommand(edited, { kind: 'approve', version: 2 }, setting('U_ANN'))).toEqual({
      refusal: {
        code: 'forbidden',
        words: 'You edited P-12, so somebody else has to approve it. Ask <@U_BEN> or <@U_CAT>.',
      },
    });
    expect(changed(edited, { kind: 'approve', version: 2 }, setting('U_BEN'))).toMatchObject({ state: 'approved' });
  });

  it.each<[string, Proposal, ProposalCommand, DecisionSetting, string, string]>([
    [
      'by somebody without the right',
      proposal(),
      APPROVE,
      setting('U_SAM'),
      'forbidden',
      'Only approvers may approve this. Ask <@U_ANN> or <@U_BEN> or <@U_CAT>.',
    ],
    [
      'where nobody may',
      proposal(),
      APPROVE,
      setting('U_SAM', { approvers: { people: new Set(), complete: true } }),
      'forbidden',
      'Only approvers may approve this. Nobody else is set up to approve yet: name people in SEEPASS_ADMINS or SEEPASS_APPROVERS.',
    ],
    [
      'by whoever proposed it',
      proposal({ proposedBy: 'U_ANN' }),
      APPROVE,
      setting('U_ANN'),
      'forbidden',
      'You proposed P-12, so somebody else has to approve it. Ask <@U_BEN> or <@U_CAT>.',
    ],
    [
      'twice by one person',
      proposal({ approvals: [said('U_ANN')] }),
      APPROVE,
      setting('U_ANN', { risk: 'high' }),
      'conflict',
      'You approved P-12 already; it needs somebody else as well.',
    ],
    [
      'at a version that is not the last',
      proposal({ version: 2 }),
      APPROVE,
      setting('U_ANN'),
      'conflict',
      'P-12 was edited since. Look at what it does now, and approve that.',
    ],
    [
      'after its time',
      proposal({ expiresAt: NOW }),
      APPROVE,
      setting('U_ANN'),
      'conflict',
      'P-12 expired on Fri 30 Jan, 09:12.',
    ],
    [
      'after somebody else',
      approved(),
      APPROVE,
      setting('U_ANN'),
      'conflict',
      '<@U_BEN> was first and approved this on Fri 30 Jan, 09:12.',
    ],
    [
      'after oneself',
      approved(),
      APPROVE,
      setting('U_BEN'),
      'conflict',
      'You approved this on Fri 30 Jan, 09:12 already.',
    ],
    [
      'once it ran by itself',
      approved({ decidedBy: 'system' }),
      APPROVE,
      setting('U_ANN'),
      'conflict',
      'P-12 ran by itself on Fri 30 Jan, 09:12.',
    ],
    [
      'to reject, by somebody without the right',
      proposal(),
      REJECT,
      setting('U_SAM'),
      'forbidden',
      'Only approvers may reject this. Ask <@U_ANN> or <@U_BEN> or <@U_CAT>.',
    ],
    [
      'to withdraw what the bot proposed',
      proposal(),
      { kind: 'withdraw', reason: null },
      setting('U_ANN'),
      'forbidden',
      'I proposed P-12, so you cannot withdraw it.',
    ],
    [
      'to edit, by somebody without the right',
      proposal(),
      { kind: 'edit', version: 1, action: proposal().action },
      setting('U_SAM'),
      'forbidden',
      'Only approvers and whoever proposed P-12 may edit it.',
    ],
    [
      'to object to what nobody has approved',
      proposal(),
      { kind: 'object', reason: null },
      setting('U_SAM'),
      'conflict',
      'P-12 is not approved yet.',
    ],
    [
      'to object once it is being done',
      approved({ execution: { ...queuedExecution('e', NOW, NOW), state: 'running', attempts: 1 } }),
      { kind: 'object', reason: null },
      setting('U_SAM'),
      'conflict',
      '<@U_BEN> was first and approved this on Fri 30 Jan, 09:12.',
    ],
    [
      'to object after the wait, by anybody',
      approved(),
      { kind: 'object', reason: null },
      setting('U_SAM', { at: NOW + HOUR }),
      'forbidden',
      'The time to object to P-12 is over.',
    ],
  ])('refuses, in words, %s', (_, from, command, by, code, words) => {
    expect(applyCommand(from, command, by)).toEqual({ refusal: { code, words } });
  });

  it('is rejected and withdrawn with the reason that was said', () => {
    expect(changed(proposal(), REJECT, setting('U_ANN'))).toMatchObject({ state: 'rejected', reason: 'not today' });
    const own = proposal({ proposedBy: 'U_SAM' });
    expect(changed(own, { kind: 'withdraw', reason: null }, setting('U_SAM'))).toMatchObject({ state: 'withdrawn' });
  });

  it('is objected to by approvers also after the wait, as while all is stopped', () => {
    const late = setting('U_CAT', { at: NOW + HOUR });
    expect(changed(approved(), { kind: 'object', reason: null }, late)).toMatchObject({
      execution: { state: 'cancelled' },
    });
  });

  it('runs by itself only where the bot proposed it, at low risk, and the workspace says so', () => {
    const { actor: _, ...runs } = setting('', {
      risk: 'low',
      policy: approvalPolicyOf({ low_risk: 'runs_by_itself' }),
    });
    expect(approveAlone(proposal(), runs)?.to).toMatchObject({ state: 'approved', decidedBy: 'system', approvals: [] });
    expect(approveAlone(proposal(), { ...runs, risk: 'medium' })).toBeUndefined();
    expect(approveAlone(proposal(), { ...runs, policy: approvalPolicyOf() })).toBeUndefined();
    expect(approveAlone(proposal({ proposedBy: 'U_SAM' }), runs)).toBeUndefined();
    expect(approveAlone(proposal({ editedBy: 'U_SAM' }), runs)).toBeUndefined();
  });
});

describe('time', () => {
  const of = (change: Partial<Proposal>) => proposal({ expiresAt: NOW + HOUR, ...change });

  it('reminds once, four hours before the end, of what somebody took up', () => {
    const taken = of({ approvals: [said('U_ANN')] });
    expect(tick(taken, NOW - 4 * HOUR, false)).toBeUndefined();
    const reminded = tick(taken, NOW, false)?.to;
    expect(reminded).toMatchObject({ state: 'proposed', remindedAt: NOW });
    expect(reminded && tick(reminded, NOW + 1, false)).toBeUndefined();
    expect(tick(of({}), NOW, false)).toBeUndefined();
  });

  it('lets a proposal expire, and withdraws it with what it was about', () => {
    expect(tick(of({}), NOW + HOUR, false)?.to).toMatchObject({ state: 'expired', decidedBy: 'system' });
    expect(tick(of({}), NOW, true)?.to).toMatchObject({ state: 'withdrawn', decidedBy: 'system' });
    expect(tick(approved({ expiresAt: NOW }), NOW + HOUR, true)).toBeUndefined();
  });
});
