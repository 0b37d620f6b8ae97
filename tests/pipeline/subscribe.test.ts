import { describe, expect, it } from 'vitest';
import { parseSubscription } from '../../src/core/delivery/parse-subscription.ts';
import { channelForbidden } from '../../src/core/policy/channel-policy.ts';
import type { Role } from '../../src/core/records.ts';
import { createQuestionPoster } from '../../src/pipeline/due/question-poster.ts';
import { withinPolicy } from '../../src/pipeline/due/within-policy.ts';
import { type ChannelFacts, createSubscriptionDesk } from '../../src/pipeline/subscribe.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { refusal, scalar } from '../slack/answers.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

const HERE = 'C0000HERE00';
const THERE = 'C000THERE00';

const facts = (id: string, changes: Partial<ChannelFacts> = {}): ChannelFacts => ({
  id,
  name: id === HERE ? 'here' : 'there',
  isShared: false,
  isDirect: false,
  isArchived: false,
  hasApp: true,
  ...changes,
});

describeOnOneDatabase('the subscription desk', (open) => {
  async function enter({ there = {}, listed = [] as string[], members = ['U_MAYA'], answer = scalar() } = {}) {
    const context = createStoreContext();
    const { subscriptions, outbox, audit } = createStores(await open(), context);
    const asked: object[] = [];
    const answering = {
      rolesOf: async (user: string): Promise<Role[]> => (user === 'U_ADMIN' ? ['viewer', 'admin'] : ['viewer']),
      ask: async (request: object) => {
        asked.push(request);
        return answer;
      },
    };
    const channels = {
      channelId: async (name: string) => {
        if (name === 'nowhere') throw new Error('channel_not_found');
        return name === 'there' ? THERE : name;
      },
      describe: async (id: string) => (id === THERE ? facts(id, there) : facts(id)),
      isIn: async (id: string, user: string) => id === THERE && members.includes(user),
      audienceOf: async () => 'private_channel' as const,
    };
    const { clock, timezone } = context;
    const desk = createSubscriptionDesk({
      subscriptions,
      answering,
      channels,
      listed,
      clock,
      timezone,
      minute: 540,
      readAlertDefaults: async () => ({ quiet: null, weeklyBudget: 10 }),
    });
    const subscribe = (text: string, user = 'U_MAYA') => {
      const { wish } = parseSubscription(text);
      if (wish === null) throw new Error(text);
      return desk.subscribe(wish, { user, channel: HERE });
    };
    return { desk, subscribe, subscriptions, outbox, audit, answering, channels, asked, context };
  }

  it('keeps a channel to one zone', async () => {
    const { subscribe } = await enter();
    expect((await subscribe('digest')).schedule?.zone).toBe('Europe/Berlin');
    await subscribe('digest Tokyo');
    expect((await subscribe('weekly')).schedule?.zone).toBe('Asia/Tokyo');
  });

  it.each([
    ['is archived', { there: { isArchived: true } }, 'bad_arguments', 'is archived'],
    ['has no Seepass in it', { there: { hasApp: false } }, 'bad_arguments', 'I am not in #there yet'],
    ['is shared with another company', { there: { isShared: true } }, 'forbidden', 'shared with another company'],
    ['is not listed', { listed: ['here'] }, 'forbidden', 'not among the channels'],
    ['has not the asker in it', { members: [] }, 'forbidden', 'Only people in #there'],
  ])('refuses a channel that %s', async (_, world, code, words) => {
    const { subscribe, subscriptions } = await enter(world);
    await expect(subscribe('digest in #there')).rejects.toMatchObject({
      code,
      part: 'channel',
      message: expect.stringContaining(words),
    });
    expect(await subscriptions.list()).toEqual([]);
  });

  it('takes a shared channel that is listed', async () => {
    const { subscribe } = await enter({ there: { isShared: true }, listed: ['#There'] });
    expect(await subscribe('digest in #there')).toMatchObject({ channel: THERE });
  });

  it('runs what was paused in the channel again', async () => {
    const { subscribe, subscriptions } = await enter();
    await subscribe('digest');
    await subscriptions.pause(HERE, 'is_archived');
    await subscribe('alerts');
    expect((await subscriptions.list()).map(({ paused }) => paused)).toEqual([null, null]);
  });

  it('lets the channel’s people, its maker and admins end one, and nobody else see it', async () => {
    const { desk, subscribe } = await enter({ members: ['U_MAYA', 'U_SAM'] });
    const end = (number: number, user: string, channel: string) => desk.unsubscribe(number, { user, channel });
    for (let page = 1; page <= 4; page += 1) await subscribe(`digest in #there /p${page}`);
    await expect(end(1, 'U_EVE', HERE)).rejects.toMatchObject({ code: 'not_found' });
    await expect(end(9, 'U_ADMIN', HERE)).rejects.toMatchObject({ code: 'not_found' });
    expect(await desk.list({ user: 'U_EVE', channel: HERE })).toEqual([]);
    expect(await desk.list({ user: 'U_EVE', channel: THERE })).toHaveLength(4);
    expect(await desk.list({ user: 'U_MAYA', channel: HERE })).toHaveLength(4);
    await end(1, 'U_SAM', HERE);
    await end(2, 'U_MAYA', HERE);
    await end(3, 'U_ADMIN', HERE);
    await end(4, 'U_EVE', THERE);
    expect(await desk.list({ user: 'U_MAYA', channel: HERE })).toEqual([]);
  });

  it('asks a question before it keeps it, as it will be asked', async () => {
    const { subscribe, subscriptions, asked } = await enter({ answer: refusal() });
    await expect(subscribe('"who is on call" mondays')).rejects.toMatchObject({
      part: 'question',
      message: expect.stringMatching(/^I did not save that question\. \S/),
    });
    expect(asked).toMatchObject([{ question: 'who is on call', audience: 'private_channel', channel: HERE }]);
    expect(await subscriptions.list()).toEqual([]);
  });

  it('puts the answer to a saved question into the outbox once, as of when it was due', async () => {
    const { subscribe, outbox, answering, channels, asked, context } = await enter();
    const saved = await subscribe('"errors yesterday" fridays');
    const post = createQuestionPoster({
      outbox,
      answering,
      audienceOf: channels.audienceOf,
      renderAnswer: (_, { by, question }) => ({ text: `${by}: ${question}`, blocks: [] }),
    });
    await post(saved, context.clock());
    await post(saved, context.clock());
    expect(asked.slice(1)).toMatchObject([{ asOf: context.clock(), asker: { user: 'U_MAYA', roles: ['viewer'] } }]);
    expect(await outbox.claim('one', 1_000, 10)).toMatchObject([
      {
        kind: 'answer',
        channel: HERE,
        subject: `${saved.id}:2026-01-30T08:00:00.000Z`,
        message: { text: 'U_MAYA: errors yesterday' },
      },
    ]);
  });

  it.each([
    ['by somebody', 'U_MAYA', 'U_MAYA viewer'],
    ['by nobody who is named', null, 'system system'],
  ])('runs what was paused in a channel again when it is invited %s', async (_, inviter, actor) => {
    const { desk, subscribe, subscriptions, audit } = await enter();
    await subscribe('digest');
    await subscribe('alerts');
    await subscriptions.pause(HERE, 'not_in_channel');
    expect((await desk.resume(HERE, inviter)).map(({ number }) => number)).toEqual([1, 2]);
    expect((await subscriptions.list()).map(({ paused }) => paused)).toEqual([null, null]);
    expect(await desk.resume(HERE, inviter)).toEqual([]);
    const rows = (await audit.list(20)).filter(({ outcome }) => outcome === 'resumed');
    expect(rows.map(({ actor: by, actor_role }) => `${by} ${actor_role}`)).toEqual([actor, actor]);
  });

  it('leaves paused where it is invited and may not post', async () => {
    const { desk, subscribe, subscriptions, channels } = await enter({ there: { isShared: false } });
    await subscribe('digest in #there');
    await subscriptions.pause(THERE, 'shared');
    channels.describe = async (id) => facts(id, { isShared: true });
    expect(await desk.resume(THERE, 'U_MAYA')).toEqual([]);
    expect(await subscriptions.list()).toMatchObject([{ paused: { reason: 'shared' } }]);
  });

  it('posts nothing to a channel that was shared meanwhile, and says why in the list', async () => {
    const { subscribe, subscriptions, channels } = await enter();
    const digest = await subscribe('digest');
    let posted = 0;
    const policed = (isShared: boolean) =>
      withinPolicy(
        {
          channels: { describe: async (id) => ({ ...(await channels.describe(id)), isShared }) },
          listed: [],
          pause: async (id, reason) => void (await subscriptions.pause(id, reason)),
        },
        async () => {
          posted += 1;
        },
      );
    await policed(false)(digest, 0);
    await policed(true)(digest, 0);
    expect(posted).toBe(1);
    expect(await subscriptions.list()).toMatchObject([{ paused: { reason: 'shared' } }]);
  });
});

describe('a channel', () => {
  const channel = facts(HERE);
  it.each([
    ['is free where none is listed', channel, [], null],
    ['is free by its name', channel, ['#HERE'], null],
    ['is free by its id', channel, ['c0000here00'], null],
    ['is not free beside a list', channel, ['there'], 'not_listed'],
    ['that is shared has to be listed', { ...channel, isShared: true }, [], 'shared'],
    ['that is shared and listed is free', { ...channel, isShared: true }, ['here'], null],
    ['of one person is theirs', { ...channel, isDirect: true }, ['there'], null],
  ] as const)('%s', (_, one, listed, expected) => expect(channelForbidden(one, listed)).toBe(expected));
});
