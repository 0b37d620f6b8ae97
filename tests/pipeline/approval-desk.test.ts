import { beforeEach, expect, it } from 'vitest';
import { simulate } from '../../src/actions/simulate.ts';
import { createActionRegistry } from '../../src/core/actions.ts';
import { DEFAULT_APPROVAL_POLICY } from '../../src/core/policy/approval-policy.ts';
import { APPROVAL_POLICY_KEY } from '../../src/core/policy/approval-settings.ts';
import { readApprovalPolicy } from '../../src/pipeline/acting/rules.ts';
import { type ApprovalDesk, createApprovalDesk } from '../../src/pipeline/approval-desk.ts';
import type { Stores } from '../../src/pipeline/ports.ts';
import { storesOf } from '../slack/world.ts';
import { describeOnOneDatabase } from '../support/database.ts';

const ADMIN = 'U0000MAYA';
const POLICY = {
  low_risk: 'runs_by_itself',
  groups: ['S0614TZR7'],
  sole_approver_wait: 'never',
  disabled: [],
} as const;

describeOnOneDatabase('what admins decide about approvals', (open) => {
  let stores: Stores;
  let desk: ApprovalDesk;
  beforeEach(async () => {
    stores = storesOf(await open());
    const actions = async () => createActionRegistry([simulate]);
    desk = createApprovalDesk({ stores, policy: { admins: [ADMIN], approvers: [] }, actions });
  });

  it('holds from then on, with one entry in the audit however often it is saved', async () => {
    await desk.save(POLICY, ADMIN);
    await desk.save(POLICY, ADMIN);
    expect(await readApprovalPolicy(stores.settings)).toEqual({ ...POLICY, sole_approver_own: false });
    expect((await desk.open(ADMIN)).policy).toMatchObject(POLICY);
    expect(await stores.audit.list(9)).toMatchObject([
      { actor: ADMIN, action: 'setting.change', subject_id: APPROVAL_POLICY_KEY },
    ]);
  });

  it('follows the file again once it says the same', async () => {
    await desk.save(POLICY, ADMIN);
    await desk.save(DEFAULT_APPROVAL_POLICY, ADMIN);
    expect(await stores.settings.get(APPROVAL_POLICY_KEY)).toBeNull();
  });

  it('keeps in the form what is ruled out and no longer declared', async () => {
    await desk.save({ ...POLICY, disabled: ['call-webhook:gone'] }, ADMIN);
    expect((await desk.open(ADMIN)).types).toEqual([
      { id: 'simulate', title: 'Simulate' },
      { id: 'call-webhook:gone', title: 'call-webhook:gone' },
    ]);
  });

  it('is refused to everybody else, and what is no policy to admins', async () => {
    await expect(desk.open('U0000SAM1')).rejects.toThrow('Only admins change settings.');
    await expect(desk.save(POLICY, 'U0000SAM1')).rejects.toThrow('Only admins change settings.');
    await expect(desk.save({ ...POLICY, sole_approver_wait: 0 }, ADMIN)).rejects.toMatchObject({
      code: 'bad_arguments',
    });
    expect(await readApprovalPolicy(stores.settings)).toEqual(DEFAULT_APPROVAL_POLICY);
    expect(await stores.audit.list(9)).toMatchObject([{ outcome: 'forbidden' }, { outcome: 'forbidden' }]);
  });
});
