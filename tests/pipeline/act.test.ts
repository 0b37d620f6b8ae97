import { beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { actions } from '../../src/actions/index.ts';
import { type ActionContext, createActionRegistry, defineAction } from '../../src/core/actions.ts';
import type { JsonObject, Proposal, SuggestedAction } from '../../src/core/records.ts';
import { SeepassError } from '../../src/errors.ts';
import { type DecideOptions, decideProposal, previewProposal } from '../../src/pipeline/act.ts';
import type { Stores } from '../../src/pipeline/ports.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { createStoreContext } from '../support/store-context.ts';

const DAY_MS = 86_400_000;
const ROLL_BACK: SuggestedAction = {
  type: 'simulate',
  title: 'Roll back web@1.42.0 for /checkout',
  risk: 'medium',
  parameters: {
    would_call: 'deploy.rollback',
    with: { release: 'web@1.42.0', surface: '/checkout' },
    expect: 'Error rate back near 1.2% within a day.',
  },
};

describeOnEveryDatabase('deciding a proposal', (open) => {
  let handle: DatabaseHandle;
  let stores: Stores;
  let context: ReturnType<typeof createStoreContext>;
  beforeEach(async () => {
    handle = await open();
    context = createStoreContext();
    stores = createStores(handle, context);
  });

  const propose = (action = ROLL_BACK): Promise<Proposal> =>
    stores.proposals.ensure({
      date: '2026-01-29',
      entity_type: 'surface',
      entity_key: '/checkout',
      action,
      expiresAt: context.clock() + DAY_MS,
    });

  const press = (proposal: Proposal, changes: Partial<DecideOptions> = {}) =>
    decideProposal({
      stores,
      actions,
      policy: { admins: ['U_ADMIN'], approvers: [] },
      timezone: 'Europe/Berlin',
      clock: context.clock,
      log: silentLog,
      proposalId: proposal.id,
      decision: 'approved',
      actor: 'U_ADMIN',
      channel: 'C1',
      mention: (user) => `<@${user}>`,
      ...changes,
    });

  const audited = async () =>
    (await stores.audit.list(10)).map(({ actor, actor_role, action, outcome }) => ({
      actor,
      actor_role,
      action,
      outcome,
    }));

  it('runs what was approved, and records it', async () => {
    const made = await press(await propose());
    expect(made).toMatchObject({
      kind: 'done',
      words:
        'Simulated: would have called deploy.rollback {release: web@1.42.0, surface: /checkout}. Nothing outside Seepass changed.',
      proposal: { state: 'done', decided_by: 'U_ADMIN', outcome: { simulated: true, would_call: 'deploy.rollback' } },
    });
    expect(await audited()).toEqual(
      expect.arrayContaining([
        { actor: 'U_ADMIN', actor_role: 'admin', action: 'proposal.approve', outcome: 'approved' },
        expect.objectContaining({ action: 'proposal.execute', outcome: 'done' }),
      ]),
    );
  });

  it('runs once when ten people press at once; the others hear who was first and when', async () => {
    const contexts: ActionContext[] = [];
    const counting = createActionRegistry([
      defineAction({
        id: 'simulate',
        title: 'Count',
        risk: 'low',
        parameters: z.custom<JsonObject>(),
        preview: () => [],
        execute: async (_, by) => {
          contexts.push(by);
          return { summary: 'Done.', details: {} };
        },
      }),
    ]);
    const proposal = await propose();
    const people = Array.from({ length: 10 }, (_, index) => `U${index}`);
    const decisions = await Promise.all(
      people.map((actor) => press(proposal, { actor, actions: counting, policy: { admins: people, approvers: [] } })),
    );
    expect(contexts).toHaveLength(1);
    const first = contexts[0]?.actor ?? '';
    expect(contexts[0]?.idempotencyKey).toBe(`simulate:${proposal.id}`);
    const late = decisions.filter((decision) => decision.kind === 'too_late');
    expect(late).toHaveLength(9);
    for (const decision of late) expect(decision.words).toBe(`Already approved by <@${first}> on Fri 30 Jan, 09:00.`);
  });

  it('does nothing when dismissed, and cannot be approved afterwards', async () => {
    const proposal = await propose();
    expect(await press(proposal, { decision: 'dismissed' })).toMatchObject({
      kind: 'dismissed',
      words: 'Dismissed: Roll back web@1.42.0 for /checkout.',
      proposal: { state: 'dismissed', outcome: null },
    });
    expect(await press(proposal)).toMatchObject({
      kind: 'too_late',
      words: 'Already dismissed by <@U_ADMIN> on Fri 30 Jan, 09:00.',
    });
  });

  it.each(['approved', 'dismissed'] as const)(
    'refuses to be %s by somebody who may not, says who may, and audits it',
    async (decision) => {
      const proposal = await propose();
      const made = await press(proposal, { actor: 'U_GUEST', decision });
      const verb = decision === 'approved' ? 'approve' : 'dismiss';
      expect(made).toEqual({
        kind: 'forbidden',
        approvers: ['U_ADMIN'],
        words: `Only approvers may ${verb} this. Ask <@U_ADMIN>.`,
      });
      expect((await stores.proposals.get(proposal.id)).state).toBe('proposed');
      expect(await audited()).toEqual([
        { actor: 'U_GUEST', actor_role: 'viewer', action: `proposal.${verb}`, outcome: 'forbidden' },
      ]);
    },
  );

  it('lets a person approve whom the database made an approver, and names the settings when nobody may', async () => {
    const proposal = await propose();
    const policy = { admins: [], approvers: [] };
    expect(await press(proposal, { actor: 'U_ANN', policy })).toMatchObject({
      kind: 'forbidden',
      words: expect.stringContaining('SEEPASS_ADMINS'),
    });
    await stores.roles.grant('U_ANN', 'approver', 'U_ADMIN');
    expect(await press(proposal, { actor: 'U_ANN', policy })).toMatchObject({ kind: 'done' });
  });

  it('does not run after it expired', async () => {
    const proposal = await propose();
    context.advance(2 * DAY_MS);
    expect(await press(proposal)).toMatchObject({ kind: 'too_late', words: expect.stringMatching(/expired/) });
  });

  it.each([
    ['an action nobody knows any more', { ...ROLL_BACK, type: 'launch' }, /No action is called "launch"/],
    [
      'a parameter nobody declared',
      { ...ROLL_BACK, parameters: { ...ROLL_BACK.parameters, shell: 'rm' } },
      /do not fit/,
    ],
    ['a parameter that is missing', { ...ROLL_BACK, parameters: {} }, /would_call/],
  ])('fails with words on %s, and stays failed', async (_, action, words) => {
    const proposal = await propose(action);
    expect(previewProposal(actions, proposal)).toEqual(['This action cannot run any more; approving it would fail.']);
    const made = await press(proposal);
    expect(made).toMatchObject({ kind: 'failed', words: expect.stringMatching(words), proposal: { state: 'failed' } });
    expect(await press(proposal)).toMatchObject({ kind: 'too_late' });
  });

  it.each([
    [
      new SeepassError('slack_unavailable', 'The hook did not answer.', { fix: 'Try the next digest.' }),
      'Approved, but not done. The hook did not answer. Try the next digest.',
    ],
    [new Error('token=hunter2'), /failed unexpectedly/],
  ])('shows what went wrong in words: %s', async (error, words) => {
    const failing = createActionRegistry([
      defineAction({
        id: 'simulate',
        title: 'Fail',
        risk: 'low',
        parameters: z.custom<JsonObject>(),
        preview: () => [],
        execute: () => Promise.reject(error),
      }),
    ]);
    const made = await press(await propose(), { actions: failing });
    expect(made).toMatchObject({ kind: 'failed', words: expect.stringMatching(words) });
    expect(made.words).not.toContain('hunter2');
  });

  it('says that an unknown proposal is gone', async () => {
    const proposal = await propose();
    await expect(press({ ...proposal, id: 'not-an-id' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('shows beforehand what approving will do', async () => {
    expect(previewProposal(actions, await propose())).toEqual([
      'Would call: deploy.rollback {release: web@1.42.0, surface: /checkout}',
      'Expect: Error rate back near 1.2% within a day.',
      'This is a simulation: nothing outside Seepass changes.',
    ]);
  });
});
