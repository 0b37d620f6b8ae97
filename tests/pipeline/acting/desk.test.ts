import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { DatabaseHandle } from '../../../src/postgres/database.ts';
import { describeOnEveryDatabase } from '../../support/database.ts';
import { ACTION, APPROVE, by, Deploying } from './deploying.ts';

const DAY_MS = 86_400_000;

describeOnEveryDatabase('deciding proposals', (open) => {
  let handle: DatabaseHandle;
  let workspaces = 0;
  let deploying: Deploying;
  beforeAll(async () => {
    handle = await open();
  });
  beforeEach(() => {
    workspaces += 1;
    deploying = new Deploying(handle, `w${workspaces}`);
  });

  it('takes two approvals in the same millisecond for two of two, and one of many for the only one', async () => {
    const { id } = await deploying.propose({ ...ACTION, risk: 'high' });
    await Promise.all([deploying.act(id, APPROVE, 'U_ANN'), deploying.act(id, APPROVE, 'U_BEN')]);
    expect(await deploying.ended(id)).toMatchObject({
      approvals: [{ version: 1 }, { version: 1 }],
      execution: { state: 'done' },
    });

    const single = await deploying.propose({ ...ACTION, type: 'deploy', parameters: { to: '1.41.2' } }, by('U_SAM'));
    const pressed = await Promise.allSettled(['U_ANN', 'U_BEN'].map((user) => deploying.act(single.id, APPROVE, user)));
    const [won] = pressed.flatMap((one) => (one.status === 'fulfilled' ? [one.value.decidedBy] : []));
    const [lost] = pressed.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(lost).toMatchObject({
      code: 'conflict',
      message: `<@${won}> was first and approved this on Fri 30 Jan, 09:00.`,
    });
    expect(await deploying.ended(single.id)).toMatchObject({ execution: { state: 'done' } });
    expect(deploying.begun).toHaveLength(2);
  });

  it('audits who tried without the right, and changes nothing', async () => {
    const { id } = await deploying.propose();
    await expect(deploying.act(id, APPROVE, 'U_SAM')).rejects.toMatchObject({
      code: 'forbidden',
      message: 'Only approvers may approve this. Ask <@U_ANN> or <@U_BEN>.',
    });
    await expect(deploying.act(id, { kind: 'reject', reason: null }, 'U_SAM')).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await deploying.ended(id)).toMatchObject({ state: 'proposed', revision: 1, approvals: [] });
    expect((await deploying.audited()).slice(1)).toEqual([
      'U_SAM proposal.approve forbidden',
      'U_SAM proposal.reject forbidden',
    ]);
  });

  it('makes another version of what is edited, which has to be approved anew, and refuses what does not fit', async () => {
    const { id } = await deploying.propose();
    const edit = (parameters: Record<string, string>, version = 1) =>
      deploying.act(id, { kind: 'edit', version, parameters }, 'U_ANN');
    await expect(edit({ to: 'a version that is too long' })).rejects.toMatchObject({
      code: 'bad_arguments',
      message: expect.stringContaining('to: '),
    });
    await expect(edit({ shell: 'rm' })).rejects.toMatchObject({
      message: '"shell" cannot be edited.',
      fix: 'What can: to.',
    });
    expect(await edit({ to: '1.41.2' })).toMatchObject({ version: 2, action: { parameters: { to: '1.41.2' } } });
    await expect(edit({ to: '1.41.1' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(deploying.act(id, APPROVE, 'U_BEN')).rejects.toMatchObject({
      message: expect.stringContaining('edited since'),
    });
    const view = await deploying.acting.desk.view(id);
    expect(view).toMatchObject({ preview: [['to 1.41.2']], unusable: null, standing: { rule: 'another', missing: 1 } });
    expect([...view.standing.from]).toEqual(['U_BEN']);
    await deploying.act(id, { kind: 'approve', version: 2 }, 'U_BEN');
    expect(await deploying.ended(id)).toMatchObject({ execution: { state: 'done' } });
  });

  it('proposes nothing that could not run, and never at less risk than its type', async () => {
    await expect(deploying.propose({ ...ACTION, parameters: {} })).rejects.toMatchObject({ code: 'bad_arguments' });
    await expect(deploying.propose({ ...ACTION, type: 'launch' })).rejects.toMatchObject({
      message: 'No action is called "launch" any more.',
    });
    expect(await deploying.propose({ ...ACTION, risk: 'low' })).toMatchObject({ action: { risk: 'medium' } });
    await deploying.declare({ disabled: ['deploy'] });
    await expect(deploying.propose({ ...ACTION, parameters: { to: 'x' } })).rejects.toMatchObject({
      code: 'bad_arguments',
    });
  });

  it('lets the only approver act alone after a wait, in which anybody may object', async () => {
    const alone = new Deploying(handle, `alone${workspaces}`, ['U_ANN']);
    const high = { ...ACTION, risk: 'high' } as const;
    const kept = await alone.propose(high);
    await alone.act(kept.id, APPROVE, 'U_ANN');
    expect(await alone.ended(kept.id)).toMatchObject({ execution: { state: 'queued' } });
    alone.context.advance(30 * 60_000);
    await alone.beat();
    expect(await alone.ended(kept.id)).toMatchObject({ execution: { state: 'done' } });

    const twin = new Deploying(handle, `objected${workspaces}`, ['U_ANN']);
    const { id } = await twin.propose(high);
    await twin.act(id, APPROVE, 'U_ANN');
    await twin.act(id, { kind: 'object', reason: 'Not before the sale. Ask sam@example.com' }, 'U_ANYBODY');
    twin.context.advance(30 * 60_000);
    await twin.beat();
    expect(await twin.ended(id)).toMatchObject({ state: 'withdrawn', execution: { state: 'cancelled', attempts: 0 } });
    expect((await twin.ended(id))?.reason).not.toContain('sam@example.com');
  });

  it('lets the only approver act on their own idea where the workspace says so, after a wait, and audits it as that', async () => {
    const alone = new Deploying(handle, `own${workspaces}`, ['U_ANN']);
    const own = await alone.propose(ACTION, by('U_ANN'));
    await expect(alone.act(own.id, APPROVE, 'U_ANN')).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('approvals.sole_approver_own'),
    });
    await alone.stores.settings.set('workspace_config', { approvals: { sole_approver_own: true } }, 'cli');
    // What admins choose in the Home neither gives it nor takes it.
    await alone.declare({ low_risk: 'one_approver' });
    await alone.act(own.id, APPROVE, 'U_ANN');
    expect(await alone.ended(own.id)).toMatchObject({ execution: { state: 'queued', attempts: 0 } });
    const [entry] = (await alone.stores.audit.list(20)).filter(({ outcome }) => outcome === 'approved');
    expect(entry).toMatchObject({ actor: 'U_ANN', details: { rule: 'own' } });
    alone.context.advance(30 * 60_000);
    await alone.beat();
    expect(await alone.ended(own.id)).toMatchObject({ execution: { state: 'done' } });
  });

  it('expires what nobody decided, and reminds of what somebody took up', async () => {
    const [{ id }, high] = [
      await deploying.propose(),
      await deploying.propose({ ...ACTION, risk: 'high', parameters: { to: 'x' } }, by('U_SAM')),
    ];
    deploying.context.advance(DAY_MS - 60_000);
    await deploying.beat();
    expect(await deploying.stores.proposals.find(high.id)).toMatchObject({ remindedAt: deploying.context.clock() });
    expect(await deploying.stores.proposals.find(id)).toMatchObject({ remindedAt: null });
    deploying.context.advance(60_000);
    await expect(deploying.act(id, APPROVE, 'U_ANN')).rejects.toMatchObject({
      message: 'P-1 expired on Sat 31 Jan, 09:00.',
    });
    await deploying.beat();
    expect(await deploying.stores.proposals.find(id)).toMatchObject({ state: 'expired', decidedBy: 'system' });
  });

  it('goes on with all else where one cannot be looked at', async () => {
    const { stores, context } = deploying;
    const { subject, why } = await deploying.propose();
    await stores.proposals.ensure(
      {
        ...{ key: 'low', subject, why, proposedBy: 'system', expectation: null },
        ...{ action: { ...ACTION, risk: 'low' }, expiresAt: context.clock() + 3 * DAY_MS },
      },
      'system',
    );
    const { id } = await deploying.propose({ ...ACTION, parameters: { to: 'x' } }, by('U_SAM'));
    await deploying.declare({ low_risk: 'perhaps' });
    context.advance(DAY_MS);
    await expect(deploying.beat()).rejects.toMatchObject({ code: 'bad_config' });
    expect(await stores.proposals.find(id)).toMatchObject({ state: 'expired' });
  });

  it('lets approvers alone stop and resume everything', async () => {
    await expect(deploying.acting.stop.stop(null, by('U_SAM'))).rejects.toMatchObject({ code: 'forbidden' });
    expect(await deploying.acting.stop.stop('bad day', by('U_ANN'))).toMatchObject({
      stoppedBy: 'U_ANN',
      reason: 'bad day',
    });
    await expect(deploying.acting.stop.stop(null, by('U_BEN'))).rejects.toMatchObject({
      message: '<@U_ANN> stopped all actions already.',
    });
    await deploying.acting.stop.resume(by('U_BEN'));
    await expect(deploying.acting.stop.resume(by('U_BEN'))).rejects.toMatchObject({ message: 'Nothing is stopped.' });
  });

  it('says that an unknown proposal is gone', async () => {
    await expect(deploying.act('not-an-id', APPROVE, 'U_ANN')).rejects.toMatchObject({ code: 'not_found' });
    await expect(deploying.acting.desk.view(uuidv7())).rejects.toMatchObject({ code: 'not_found' });
  });
});
