import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { pauseChannel } from '../../src/pipeline/channel-trouble.ts';
import { deliverOutbox } from '../../src/pipeline/deliver.ts';
import type { Stores } from '../../src/pipeline/ports.ts';
import type { StoredMessage } from '../../src/sandbox/state/message-store.ts';
import { buildPausedChannel } from '../../src/slack/views/paused-channel.ts';
import { callSlack } from '../../src/slack/web-call.ts';
import { assessment } from '../support/assessment.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { digestIn, NOW, somePriorities, startWorld, storesOf, textOf, type World } from './world.ts';

const LISTED = 'product-health';
const PATIENTLY = { timeout: 8_000 };

describeOnOneDatabase('a channel that becomes another', (open) => {
  let world: World;
  let stores: Stores;
  beforeAll(async () => {
    const handle = await open();
    stores = storesOf(handle);
    world = await startWorld(handle, {
      app: {
        subscribable: { listed: [LISTED, 'leadership'], minute: 540 },
        assessments: { ofPriority: async () => assessment(), ofIncident: async () => undefined },
        pauseChannel: (channel, reason) =>
          pauseChannel({ stores, admins: [], renderNotice: buildPausedChannel, log: silentLog }, channel, reason),
      },
    });
    await world.judge(somePriorities(2));
    const by = { actor: world.sandbox.as('sam').id, role: 'viewer', channel: world.channel } as const;
    await stores.subscriptions.add(digestIn(world.channel), by);
    await world.postDigest();
  });
  afterAll(() => world.stop());
  afterEach(async () => {
    world.sandbox.control.changeChannel(world.channel, { name: LISTED, isShared: false, isArchived: false });
    await becomes(null);
  });

  const becomes = (reason: string | null, channel = world.channel): Promise<void> =>
    vi.waitFor(async () => {
      const [subscription] = await stores.subscriptions.list(channel);
      expect(subscription?.paused?.reason ?? null).toBe(reason);
    }, PATIENTLY);
  const change = (what: Parameters<World['sandbox']['control']['changeChannel']>[1]): void =>
    world.sandbox.control.changeChannel(world.channel, what);
  const digest = (): StoredMessage => {
    const [message] = world.sandbox.messages(world.channel);
    if (!message) throw new Error('There is no digest.');
    return message;
  };
  const toldAlone = (person: string): StoredMessage[] =>
    world.sandbox.messages(world.channel, { as: person }).filter(({ visible_to }) => visible_to !== undefined);
  /** Presses a button, and reads what only the presser sees of it. */
  async function press(person: string, name: string): Promise<string> {
    const before = toldAlone(person).length;
    await world.sandbox.as(person).click(digest(), name);
    return textOf((await world.sandbox.until(() => toldAlone(person)[before])).blocks);
  }

  it.each([
    ['shared with another company, by another name', { name: 'partners', isShared: true }, 'shared'],
    ['renamed to what nobody listed', { name: 'other-things' }, 'not_listed'],
    ['archived', { isArchived: true }, 'is_archived'],
  ] as const)('is paused when it is %s, and goes on when that is over', async (_, what, reason) => {
    change(what);
    await becomes(reason);
    expect((await stores.audit.list(1))[0]).toMatchObject({ action: 'subscription.pause', actor: 'system' });
    change({ name: LISTED, isShared: false, isArchived: false });
    await becomes(null);
    expect((await stores.audit.list(1))[0]).toMatchObject({ action: 'subscription.resume', actor: 'system' });
  });

  it('tells its owner alone, once', async () => {
    change({ name: 'other-things' });
    await becomes('not_listed');
    change({ isShared: true });
    await deliverOutbox({
      stores,
      messenger: world.app.messenger,
      owner: 'test',
      clock: () => NOW + 9e6,
      log: silentLog,
    });
    const notices = world.sandbox.messages('@sam').filter(({ text }) => text.includes('I cannot post in'));
    expect(notices).toHaveLength(1);
  });

  it('answers the buttons of what was posted with words, shows nothing and decides nothing', async () => {
    const old = structuredClone(digest().blocks);
    change({ name: 'partners', isShared: true });
    await becomes('shared');
    for (const name of ['Approve', 'Details'])
      expect(await press('maya', name)).toContain(
        'I show nothing in this channel any more: it is shared with another company, and nobody has allowed that.',
      );
    expect(world.sandbox.views('maya')).toEqual([]);
    // Nor by what is decided elsewhere.
    expect(await world.app.refreshDigest(world.channel, digest().ts)).toBe(false);
    expect(digest().blocks).toEqual(old);
    change({ name: LISTED, isShared: false });
    await becomes(null);
    await world.sandbox.as('maya').click(digest(), 'Approve');
    await world.sandbox.until(() => textOf(digest().blocks).includes('*Approved* by'));
  });

  it('is not paused when it is shared and an admin has listed it', async () => {
    change({ isShared: true });
    await world.sandbox.as('maya').click(digest(), 'Details');
    await world.sandbox.until(() => world.sandbox.views('maya').at(-1));
    expect((await stores.subscriptions.list(world.channel))[0]?.paused).toBeNull();
  });

  it.each([
    ['and quotes runbooks to its own people', false],
    ['and quotes none to people of another company', true],
  ])('opens what is behind a priority %s', async (_, isShared) => {
    change({ isShared });
    const { sandbox } = world;
    const top = () => sandbox.views('jonas').at(-1);
    await sandbox.as('jonas').click(digest(), 'Details');
    const opened = (words: string) => {
      const view = top();
      return view && JSON.stringify(view).includes(words) ? view : undefined;
    };
    await sandbox.as('jonas').click(await sandbox.until(() => opened('*Suggested*')), 'Assessment');
    await sandbox.until(() => opened('*Whom it hits*'));
    const [citation] = assessment().runbooks;
    expect(JSON.stringify(top()).includes(citation?.runbook.title ?? 'no citation')).toBe(!isShared);
  });

  it('is paused by the first press where no event came', async () => {
    const channel = world.sandbox.ids.channels.support ?? '';
    await stores.subscriptions.add(digestIn(channel), 'system');
    await callSlack(world.app.client, 'chat.postMessage', { channel, text: 'A digest', blocks: digest().blocks });
    const [posted] = world.sandbox.messages(channel);
    if (!posted) throw new Error('Nothing was posted.');
    await world.sandbox.as('priya').click(posted, 'Details');
    await becomes('not_listed', channel);
    const told = await world.sandbox.until(() => world.sandbox.messages(channel, { as: 'priya' })[1]);
    expect(told.text).toContain('it is not among the channels I may post to');
    expect(world.sandbox.views('priya')).toEqual([]);
  });

  it('stays paused where somebody has to invite the app again', async () => {
    await stores.subscriptions.pause(world.channel, 'not_in_channel');
    change({ isArchived: true });
    change({ isArchived: false });
    await world.sandbox.as('maya').slash(world.channel, '/seepass help');
    await becomes('not_in_channel');
    await stores.subscriptions.resume(world.channel, 'system');
  });
});
