import { expect, it } from 'vitest';
import { nextDue } from '../../src/core/delivery/schedule.ts';
import type { NewSubscription } from '../../src/pipeline/subscriptions.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

const by = { actor: 'U_MAYA', role: 'viewer', channel: 'C_GROWTH' } as const;
const schedule = { minute: 540, weekdays: [1, 2, 3, 4, 5], zone: 'Europe/Berlin' };
const MINUTE = 60_000;

describeOnEveryDatabase('subscriptions', (open) => {
  async function enter() {
    const handle = await open();
    const context = createStoreContext();
    const { subscriptions, audit } = createStores(handle, context);
    const others = createStores(handle, createStoreContext({ workspace: 'other' })).subscriptions;
    const now = context.clock();
    const digest: NewSubscription = {
      kind: 'digest',
      channel: 'C_GROWTH',
      surfaces: ['/checkout*'],
      severity: 'low',
      schedule,
      question: null,
      quiet: null,
      weeklyBudget: 10,
      nextDueAt: now,
    };
    const heard = async () =>
      (await audit.list(50)).map(({ actor, action, details }) => `${actor} ${action} ${details.number}`).reverse();
    return { subscriptions, others, context, digest, now, heard };
  }

  it('are numbered, listed in their workspace, and changed by asking for the same again', async () => {
    const { subscriptions, others, digest, heard } = await enter();
    const first = await subscriptions.add(digest, by);
    const alerts = await subscriptions.add(
      { ...digest, kind: 'alerts', schedule: null, nextDueAt: null, quiet: { from: 1320, until: 420, zone: 'UTC' } },
      by,
    );
    expect(first).toMatchObject({ ...digest, number: 1, createdBy: 'U_MAYA', paused: null });
    const changed = await subscriptions.add({ ...digest, severity: 'high' }, { ...by, actor: 'U_JONAS' });
    expect(changed).toEqual({ ...first, severity: 'high' });
    expect(await subscriptions.list('C_GROWTH')).toEqual([changed, alerts]);
    expect(await subscriptions.list('C_OTHER')).toEqual([]);
    expect(await subscriptions.find(2)).toEqual(alerts);
    expect(await subscriptions.get(first.id)).toEqual(changed);
    expect(await others.list()).toEqual([]);
    expect(await others.get(first.id)).toBeUndefined();
    expect((await others.add(digest, by)).number).toBe(1);
    expect(await heard()).toEqual(
      expect.arrayContaining([
        'U_MAYA subscription.add 1',
        'U_MAYA subscription.add 2',
        'U_JONAS subscription.change 1',
      ]),
    );
  });

  it.each([
    ['other pages', { surfaces: [] }],
    ['another channel', { channel: 'C_OTHER' }],
    ['another kind', { kind: 'weekly' }],
    ['a question', { kind: 'question', question: 'errors today' }],
  ] as const)('for %s are others', async (_, change) => {
    const { subscriptions, digest } = await enter();
    await subscriptions.add(digest, by);
    await subscriptions.add({ ...digest, ...change }, by);
    expect((await subscriptions.list()).map(({ number }) => number)).toEqual([1, 2]);
  });

  it('are made once by two at the same time', async () => {
    const { subscriptions, digest } = await enter();
    await Promise.all([1, 2, 3].map(() => subscriptions.add(digest, 'system')));
    expect(await subscriptions.list()).toHaveLength(1);
  });

  it('end once, and are remembered', async () => {
    const { subscriptions, digest, heard } = await enter();
    const { id } = await subscriptions.add(digest, by);
    expect(await subscriptions.end(1, by)).toMatchObject({ id });
    await expect(subscriptions.end(1, by)).rejects.toMatchObject({ code: 'not_found' });
    expect(await subscriptions.find(1)).toBeUndefined();
    expect(await subscriptions.get(id)).toMatchObject({ number: 1 });
    expect(await subscriptions.claimDue('one', MINUTE, 10)).toEqual([]);
    expect(await subscriptions.everIn('C_GROWTH')).toBe(true);
    expect(await subscriptions.everIn('C_OTHER')).toBe(false);
    expect((await subscriptions.add(digest, by)).number).toBe(2);
    expect(await heard()).toContain('U_MAYA subscription.end 1');
  });

  it('that are due are claimed once each by three at the same time', async () => {
    const { subscriptions, digest, now } = await enter();
    for (let page = 0; page < 30; page += 1)
      await subscriptions.add({ ...digest, surfaces: [`/p${page}`], nextDueAt: now - page * MINUTE }, by);
    await subscriptions.add({ ...digest, nextDueAt: now + 1 }, by);
    const claimed: number[] = [];
    const claimer = async (owner: string): Promise<void> => {
      const batch = await subscriptions.claimDue(owner, MINUTE, 4);
      claimed.push(...batch.map(({ number }) => number));
      if (batch.length > 0) await claimer(owner);
    };
    await Promise.all(['one', 'two', 'three'].map(claimer));
    expect(claimed.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });

  it('are claimed longest due first, again after their lease, and remember since when they are tried', async () => {
    const { subscriptions, digest, now, context } = await enter();
    await subscriptions.add(digest, by);
    await subscriptions.add({ ...digest, surfaces: [], nextDueAt: now - MINUTE }, by);
    expect((await subscriptions.claimDue('one', MINUTE, 10)).map(({ number }) => number)).toEqual([2, 1]);
    expect(await subscriptions.claimDue('two', MINUTE, 10)).toEqual([]);
    context.advance(MINUTE);
    const [again] = await subscriptions.claimDue('two', MINUTE, 1);
    expect(again).toMatchObject({ number: 2, nextDueAt: now - MINUTE, triedSince: now });
    if (!again) return;
    await subscriptions.defer(again.id, 'one', again.nextDueAt, now + 100 * MINUTE);
    await subscriptions.defer(again.id, 'two', again.nextDueAt, now + 10 * MINUTE);
    context.advance(5 * MINUTE);
    expect((await subscriptions.claimDue('one', MINUTE, 10)).map(({ number }) => number)).toEqual([1]);
    context.advance(5 * MINUTE);
    expect((await subscriptions.claimDue('one', MINUTE, 10)).map(({ number }) => number)).toEqual([2, 1]);
  });

  it('move on once from the post that was due', async () => {
    const { subscriptions, digest, now, context } = await enter();
    const { id } = await subscriptions.add(digest, by);
    await subscriptions.claimDue('one', MINUTE, 10);
    await subscriptions.advance([{ id, dueAt: now, nextDueAt: now + MINUTE }]);
    await subscriptions.advance([{ id, dueAt: now, nextDueAt: now + 9 * MINUTE }]);
    expect(await subscriptions.find(1)).toMatchObject({ nextDueAt: now + MINUTE });
    context.advance(MINUTE);
    expect(await subscriptions.claimDue('one', MINUTE, 10)).toMatchObject([{ triedSince: now + MINUTE }]);
  });

  it('of a channel pause once with a reason, and run on from now', async () => {
    const { subscriptions, digest, now, context, heard } = await enter();
    await subscriptions.add(digest, by);
    await subscriptions.add({ ...digest, channel: 'C_OTHER' }, by);
    expect(await subscriptions.pause('C_GROWTH', 'is_archived')).toMatchObject([
      { number: 1, paused: { reason: 'is_archived', at: now } },
    ]);
    expect(await subscriptions.pause('C_GROWTH', 'is_archived')).toEqual([]);
    expect((await subscriptions.claimDue('one', MINUTE, 10)).map(({ number }) => number)).toEqual([2]);
    context.advance(3 * 86_400_000);
    const nextDueAt = nextDue(schedule, context.clock());
    expect(await subscriptions.resume('C_GROWTH', by)).toMatchObject([{ number: 1, paused: null, nextDueAt }]);
    expect(await subscriptions.resume('C_GROWTH', by)).toEqual([]);
    await subscriptions.pause('C_GROWTH', 'is_archived');
    expect(await subscriptions.add(digest, by)).toMatchObject({ number: 1, paused: null });
    expect(await heard()).toEqual(
      expect.arrayContaining(['system subscription.pause 1', 'U_MAYA subscription.resume 1']),
    );
  });
});
