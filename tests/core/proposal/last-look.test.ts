import { describe, expect, it } from 'vitest';
import { approvalPolicyOf } from '../../../src/core/policy/approval-policy.ts';
import { queuedExecution } from '../../../src/core/proposal/execution.ts';
import { type LastLook, lookOnceMore } from '../../../src/core/proposal/last-look.ts';
import type { Proposal } from '../../../src/core/proposal/proposal.ts';
import { proposalOf } from '../../slack/models.ts';

const NOW = Date.UTC(2026, 0, 30, 8, 12);
const MINUTE = 60_000;

const approved = (change: Partial<Proposal> = {}): Proposal =>
  proposalOf('p', {
    ...{ state: 'approved', decidedBy: 'U_ANN', decidedAt: NOW, approvals: [{ user: 'U_ANN', at: NOW, version: 1 }] },
    execution: queuedExecution('e', NOW, NOW),
    ...change,
  });

const look = (change: Partial<LastLook> = {}): LastLook => ({
  ...{ at: NOW + 1, policy: approvalPolicyOf(), risk: 'medium', isOver: false, timezone: 'Europe/Berlin' },
  approvers: { people: new Set(['U_ANN', 'U_BEN']), complete: true },
  type: { risk: 'low', faults: [] },
  ...change,
});

describe('the last look', () => {
  it('lets begin what still holds', () => {
    expect(lookOnceMore(approved(), look())).toEqual({ kind: 'now' });
  });

  it.each<[string, Proposal, LastLook, string]>([
    ['withdrawn', approved({ state: 'withdrawn' }), look(), 'P-12 is no longer approved.'],
    [
      'held for too long',
      approved({ expiresAt: NOW }),
      look(),
      'P-12 could not begin before Fri 30 Jan, 09:12, when its approval ended.',
    ],
    ['about what has ended', approved(), look({ isOver: true }), 'The incident ended before it began.'],
    ['of no type any more', approved(), look({ type: undefined }), 'There is no action "simulate" any more.'],
    [
      'switched off',
      approved(),
      look({ policy: approvalPolicyOf({ disabled: ['simulate'] }) }),
      '"simulate" was switched off since.',
    ],
    [
      'of parameters that do not fit',
      approved(),
      look({ type: { risk: 'low', faults: ['to: Required'] } }),
      'Its parameters do not fit "simulate" any more: to: Required.',
    ],
    [
      'approved by somebody who may no longer',
      approved(),
      look({ approvers: { people: new Set(['U_BEN']), complete: true } }),
      'Somebody who approved it may no longer approve.',
    ],
    [
      'approved by somebody of a group that cannot be looked up',
      approved(),
      look({ approvers: { people: new Set(['U_BEN']), complete: false } }),
      'I could not look up the members of a user group, so I cannot tell that its approvers still may.',
    ],
    ['in need of two by now', approved(), look({ risk: 'high' }), 'It needs 2 approvals now, 1 more than it has.'],
    [
      'approved at an earlier version',
      approved({ version: 2 }),
      look(),
      'It needs 1 approval now, 1 more than it has.',
    ],
    [
      'in need of an approver by now',
      approved({ decidedBy: 'system', approvals: [] }),
      look({ risk: 'low' }),
      'It was to run by itself, and now needs an approver.',
    ],
  ])('cancels what is %s', (_, proposal, seen, words) => {
    expect(lookOnceMore(proposal, seen)).toEqual({ kind: 'never', words });
  });

  it('waits as long as people may object, also where that became longer since', () => {
    const alone = { risk: 'high', approvers: { people: new Set(['U_ANN']), complete: true } } as const;
    const waits = approved({ execution: queuedExecution('e', NOW, NOW + 5 * MINUTE) });
    expect(lookOnceMore(waits, look(alone))).toEqual({ kind: 'later', notBefore: NOW + 30 * MINUTE });
    expect(lookOnceMore(waits, look({ ...alone, at: NOW + 30 * MINUTE }))).toEqual({ kind: 'now' });
  });
});
