import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { StoredView } from '../../src/sandbox/state/view-store.ts';
import { PROPOSAL_CALLBACKS } from '../../src/slack/proposal-ids.ts';
import { textOf } from '../slack/world.ts';
import { type ActingApp, SECRET, startActingApp } from './acting-app.ts';
import { FAILS_AT } from './failing-checkout.ts';
import { CHANNEL } from './workspace.ts';

const HOUR = 3_600_000;
const TIMEOUT_MS = 120_000;

/** One after the other: each begins where the one before ended. */
describe('from an incident to whether the fix helped', { timeout: TIMEOUT_MS }, () => {
  let world: ActingApp;
  let ids: Readonly<Record<string, string>>;
  beforeAll(async () => {
    world = await startActingApp();
    ids = world.sandbox.ids.people;
    await world.afterHour(-1);
  }, TIMEOUT_MS);
  afterAll(() => world?.stop());
  const as = (person: string) => world.sandbox.as(person);
  const form = (person: string, callback: string): Promise<StoredView> =>
    world.sandbox.until(() => world.sandbox.views(person).find((view) => JSON.stringify(view).includes(callback)));
  const rollBacks = () => world.deploys.asked.filter(({ method }) => method === 'POST');

  it("puts a card into the incident's thread, with why, what to expect and what will be called", async () => {
    await world.afterHour(0);
    const card = textOf((await world.said('Proposed: Roll back web@1.42.0', 'needs two approvers')).blocks);
    expect(card).toContain('Why: A change in release web@1.42.0.');
    expect(card).toMatch(/Expect: error rate on \/checkout back near \S+% within 6 hours/);
    expect(card).toMatch(/Will call: POST \S+\/rollback \{release: web@1\.42\.0, replicas: 2\}/);
    expect(await world.stores.proposals.list('proposed', 9)).toHaveLength(1);
  });

  it('tells whoever may not approve who may, and asks for a second person once one approved', async () => {
    const card = await world.said('needs two approvers');
    await as('sam').click(card, 'Approve');
    expect(await world.told('sam', 'Only approvers may approve this.')).toMatch(/Ask <@\w+> or <@\w+>/);
    await as('jonas').click(card, 'Approve');
    await world.said(`<@${ids.jonas}> approved P-1`, 'It needs one more');
    await world.said('needs one more approver', `Approved by <@${ids.jonas}>`);
    expect(rollBacks()).toEqual([]);
  });

  it('makes a new version of what somebody edits, and refuses approvals of the one before', async () => {
    const stale = structuredClone(await world.said('Proposed: Roll back', 'needs one more approver'));
    await as('priya').click(stale, 'Edit');
    await as('priya').submit(await form('priya', PROPOSAL_CALLBACKS.edit), { edit_replicas: '3' });
    await world.said('replicas: 3', 'needs one other approver', `edited by <@${ids.priya}>`);
    await as('maya').click(stale, 'Approve');
    expect(await world.told('maya', 'was edited since')).toContain('P-1 was edited since.');
    expect(rollBacks()).toEqual([]);
  });

  it('carries it out once, signed, whoever presses again, and says so with a link', async () => {
    await world.afterHour(3);
    const card = structuredClone(await world.said('Proposed: Roll back', 'replicas: 3'));
    await Promise.all([as('maya').click(card, 'Approve'), as('jonas').click(card, 'Approve')]);
    await world.said(
      'Done: P-1',
      'Run 4812 began',
      'https://deploy.example/runs/4812',
      'I look at the effect in 6 hours',
    );
    await as('maya').click(card, 'Approve');
    const [call, ...more] = rollBacks();
    expect(more).toEqual([]);
    expect(JSON.parse(call?.body ?? '')).toMatchObject({
      ...{ action: 'rollback', proposal: 'P-1', surface: '/checkout' },
      parameters: { release: 'web@1.42.0', replicas: 3 },
    });
    const [, at = '', mark = ''] = /^t=(\d+),v1=(\w+)$/.exec(String(call?.headers['x-seepass-signature'])) ?? [];
    expect(mark).toBe(createHmac('sha256', SECRET).update(`${at}.${call?.body}`).digest('hex'));
  });

  it('rejects with a reason, which the thread is told', async () => {
    await world.propose('Probe the page', 'medium');
    await as('jonas').click(await world.said('Proposed: Probe the page'), 'Reject…');
    await as('jonas').submit(await form('jonas', PROPOSAL_CALLBACKS.reject), { reject_reason: 'It was the release.' });
    await world.said(`<@${ids.jonas}> rejected`, 'Probe the page', 'It was the release.');
  });

  it('holds what is approved while everything is stopped, says that it waits, and carries it out afterwards', async () => {
    await world.propose('Probe it again', 'medium');
    await world.said('Proposed: Probe it again');
    await as('sam').slash(CHANNEL, '/seepass stop');
    expect(await world.told('sam', 'may stop')).toContain('Only approvers and admins may stop all actions.');
    await as('maya').slash(CHANNEL, '/seepass stop the deploys hang');
    expect(await world.told('maya', 'stopped')).toMatch(
      /\*All actions are stopped\* by <@\w+> since .*"the deploys hang"/,
    );
    await as('priya').slash(CHANNEL, '/seepass stop');
    expect(await world.told('priya', 'stopped')).toContain(`<@${ids.maya}>`);

    // The card was there before, and says so by itself.
    await as('jonas').click(await world.said('Proposed: Probe it again', 'everything is stopped'), 'Approve');
    const waits = await world.said('Probe it again', `*Waiting:* everything is stopped by <@${ids.maya}> since`);
    expect(textOf(waits.blocks)).not.toContain('running');
    const [held] = (await world.stores.proposals.list('approved', 9)).filter(
      ({ action }) => action.title === 'Probe it again',
    );
    expect(held?.execution?.state).toBe('queued');

    await as('jonas').slash(CHANNEL, '/seepass resume');
    expect(await world.told('jonas', 'Actions run again')).toContain('1 approved action waited and begins now');
    await world.said('Done: P-3', 'Simulated');
  });

  it('lists what waits, with what one may decide first', async () => {
    await world.propose('Probe it later', 'medium');
    await world.said('Proposed: Probe it later');
    await as('maya').slash(CHANNEL, '/seepass proposals');
    expect(await world.told('maya', 'waits for a decision')).toContain(
      '1 proposal waits for a decision, 1 of them for yours',
    );
  });

  it('shows it in the Home of whoever may decide it, with a button', async () => {
    const home = (words: string) =>
      world.sandbox.until(() => {
        const view = world.sandbox.home('maya');
        return view && textOf(view.blocks).includes(words) ? view : undefined;
      });
    as('maya').openHome();
    const waiting = await home('Waiting for you');
    expect(textOf(waiting.blocks)).toContain('Probe it later');
    await as('maya').click(waiting, 'Approve');
    await home('*Approved* by');
    await world.said('Done: P-4', 'Simulated');
  });

  it('takes two different people for what is risky, never one twice, and does it once', async () => {
    await world.propose('Fail over to the second provider', 'high');
    const card = structuredClone(await world.said('Proposed: Fail over', 'needs two approvers'));
    await as('jonas').click(card, 'Approve');
    await world.said('Proposed: Fail over', 'needs one more approver', `Approved by <@${ids.jonas}>`);
    await as('jonas').click(card, 'Approve');
    expect(await world.told('jonas', 'already')).toContain('You approved P-5 already; it needs somebody else as well.');
    expect(await world.stores.proposals.findByNumber(5)).toMatchObject({
      ...{ state: 'proposed', execution: null },
      approvals: [{ user: ids.jonas, version: 1 }],
    });
    await Promise.all([as('priya').click(card, 'Approve'), as('maya').click(card, 'Approve')]);
    await world.said('Done: P-5', 'Simulated');
    const done = await world.stores.proposals.findByNumber(5);
    expect(done).toMatchObject({ version: 1, editedBy: null, execution: { state: 'done', attempts: 1 } });
    expect(new Set(done?.approvals.map(({ user }) => user)).size).toBe(2);
    const begun = (await world.stores.audit.list(100)).filter(({ action }) => action === 'execution.start');
    expect(begun.filter(({ subject_id }) => subject_id === done?.id)).toHaveLength(1);
  });

  it('goes through the whole loop for an admin, once at a time, in one message', async () => {
    await as('sam').slash(CHANNEL, '/seepass cycle');
    expect(await world.told('sam', 'Only admins')).toContain('Only admins run the whole loop by hand.');
    await Promise.all([as('maya').slash(CHANNEL, '/seepass cycle'), as('maya').slash(CHANNEL, '/seepass cycle')]);
    expect(await world.told('maya', 'still under way')).toMatch(/<@\w+> started this .*One runs at a time\./);
    const message = await world.sandbox.until(
      () => world.sandbox.messages(CHANNEL).find(({ text }) => text.startsWith('Looked at everything')),
      { timeoutMs: 40_000 },
    );
    const words = textOf(message.blocks);
    expect(words.match(/^✓/gm)).toHaveLength(5);
    expect(words).toContain('*Incidents:* INC-1 ● /checkout');
    await vi.waitFor(
      async () => {
        const entries = (await world.stores.audit.list(500)).filter(({ action }) => action === 'cycle.run');
        expect(entries.map(({ outcome }) => outcome).sort()).toEqual(['conflict', 'done', 'forbidden']);
      },
      { timeout: 10_000 },
    );
  });

  it('says with a number whether it helped', async () => {
    await world.afterHour(11);
    const verdict = await world.said('It helped.', 'Error rate on /checkout fell');
    expect(textOf(verdict.blocks)).toMatch(/fell \d+(\.\d)? points \(\d.*\) more than on matched pages/);
    expect(await world.stores.effects.trackRecords()).toMatchObject([
      { actionType: 'call-webhook:rollback', helped: 1 },
    ]);
  });

  it('says it in the morning’s digest as well', async () => {
    world.passUntil(FAILS_AT + 19 * HOUR);
    const digest = await world.sandbox.until(
      () => world.sandbox.messages(CHANNEL).find(({ text }) => text.startsWith('Seepass for')),
      { timeoutMs: 40_000 },
    );
    expect(textOf(digest.blocks)).toMatch(
      /\*It helped\.\* Error rate on \/checkout fell .* After: Roll back web@1\.42\.0/,
    );
  });

  it('proposes anew when it comes back, reminds of it once, and lets it expire', async () => {
    await world.afterHour(20);
    const card = await world.said('Proposed: ', 'P-6');
    expect(textOf(card.blocks)).toContain('/checkout');
    world.passUntil(world.now() + 20 * HOUR);
    await world.said('P-6', 'and then expires');
    world.passUntil(world.now() + 5 * HOUR);
    await world.said('P-6', 'This suggestion has expired.');
  });
});
