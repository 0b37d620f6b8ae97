import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Reconciled } from '../../../src/core/actions.ts';
import type { DatabaseHandle } from '../../../src/postgres/database.ts';
import { describeOnEveryDatabase } from '../../support/database.ts';
import { APPROVE, by, Deploying } from './deploying.ts';

const DAY_MS = 86_400_000;
const LEASE_MS = 30_000;
const GROUP = 'S0GROUP';

describeOnEveryDatabase('carrying out what was approved', (open) => {
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

  it('carries out once what was approved, and records every step', async () => {
    const { id } = await deploying.propose();
    await deploying.act(id, APPROVE, 'U_ANN');
    expect(await deploying.ended(id)).toMatchObject({
      state: 'approved',
      execution: {
        state: 'done',
        attempts: 1,
        summary: 'Rolled back.',
        link: 'https://ci.example/1',
        details: { run: 1 },
      },
    });
    expect(deploying.begun).toMatchObject([
      { proposal: 'P-1', approvedBy: ['U_ANN'], about: { surface: '/checkout' } },
    ]);
    expect(await deploying.audited()).toEqual([
      'system proposal.propose proposed',
      'U_ANN proposal.approve approved',
      'system execution.start running',
      'system execution.finish done',
    ]);
  });

  it.each<[string, () => Promise<unknown>, () => Promise<unknown>, RegExp]>([
    [
      'an approver lost the role',
      () => deploying.stores.roles.grant('U_CAT', 'approver', 'U_ADMIN'),
      () => deploying.stores.roles.revoke('U_CAT', 'approver', 'U_ADMIN'),
      /may no longer approve/,
    ],
    [
      'an approver left the group',
      () => {
        deploying.group = ['U_CAT'];
        return deploying.declare({ groups: [GROUP] });
      },
      async () => (deploying.group = ['U_DAN']),
      /may no longer approve/,
    ],
    [
      'the group cannot be looked up',
      () => {
        deploying.group = ['U_CAT'];
        return deploying.declare({ groups: [GROUP] });
      },
      async () => (deploying.group = null),
      /could not look up the members/,
    ],
    [
      'the policy switched the action off',
      () => deploying.stores.roles.grant('U_CAT', 'approver', 'U_ADMIN'),
      () => deploying.declare({ disabled: ['deploy'] }),
      /switched off/,
    ],
    [
      'the action is not declared any more',
      () => deploying.stores.roles.grant('U_CAT', 'approver', 'U_ADMIN'),
      async () => (deploying.isKnown = false),
      /no action "deploy"/,
    ],
    [
      'everything was held for longer than an approval holds',
      () => deploying.stores.roles.grant('U_CAT', 'approver', 'U_ADMIN'),
      async () => deploying.context.advance(DAY_MS),
      /could not begin before/,
    ],
  ])('cancels, with words, what was approved before %s', async (_, before, between, words) => {
    await before();
    const { id } = await deploying.propose();
    await deploying.acting.stop.stop(null, by('U_ANN'));
    await deploying.act(id, APPROVE, 'U_CAT');
    expect(await deploying.ended(id)).toMatchObject({ state: 'approved', execution: { state: 'queued' } });
    await between();
    await deploying.acting.stop.resume(by('U_ANN'));
    expect(await deploying.ended(id)).toMatchObject({
      execution: { state: 'cancelled', attempts: 0, summary: expect.stringMatching(words) },
    });
    expect(deploying.begun).toEqual([]);
  });

  it.each<[string, Reconciled | null, string, number]>([
    ['was done after all', { kind: 'done', summary: 'Found.', link: null, details: {} }, 'done', 1],
    ['never arrived, so it is tried again', { kind: 'absent' }, 'done', 2],
    ['cannot be told, so it is left alone', { kind: 'unknown' }, 'uncertain', 1],
    ['cannot be asked about', null, 'uncertain', 1],
  ])('asks what became of an action that took too long: it %s', async (_, answer, state, tries) => {
    deploying.reconcile = answer && (async () => answer);
    const answers = deploying.execute;
    // The first call is never heard of again.
    deploying.execute = () =>
      deploying.begun.length > 1 ? answers() : delay(10_000, undefined, { ref: false }).then(answers);
    const { id } = await deploying.propose();
    await deploying.act(id, APPROVE, 'U_ANN');
    expect(await deploying.ended(id)).toMatchObject({ execution: { state: 'running' } });
    for (let beats = 0; beats < 3; beats += 1) {
      deploying.context.advance(LEASE_MS);
      await deploying.beat();
      await deploying.acting.idle();
    }
    expect(await deploying.ended(id)).toMatchObject({ execution: { state, attempts: tries } });
    expect(new Set(deploying.begun.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(deploying.begun).toHaveLength(tries);
  });
});
