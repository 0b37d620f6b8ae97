import { afterEach, describe, expect, it, vi } from 'vitest';
import { validateView } from '../../src/block-kit/view.ts';
import { deliverOutbox } from '../../src/pipeline/deliver.ts';
import { createDigestPoster } from '../../src/pipeline/due/digest-poster.ts';
import { postDue } from '../../src/pipeline/due/post-due.ts';
import { withinPolicy } from '../../src/pipeline/due/within-policy.ts';
import { SUBSCRIBE_INPUTS } from '../../src/slack/ids.ts';
import { buildDigestMessage } from '../../src/slack/views/digest.ts';
import { buildSubscribeForm } from '../../src/slack/views/subscribe-form.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { CHANNEL, NOW, somePriorities, startWorld, textOf, timezone, type World, type WorldOptions } from './world.ts';

describeOnOneDatabase('subscribing in a workspace', (open) => {
  let stop = async (): Promise<void> => undefined;
  afterEach(async () => stop());

  async function enter(options: WorldOptions = {}) {
    const world = await startWorld(await open(), options);
    stop = () => world.stop();
    return { ...world, ...hands(world) };
  }

  /** Runs a command, and reads what only its asker sees. */
  const hands = ({ sandbox }: World) => ({
    async says(person: string, line: string, channel = CHANNEL): Promise<string> {
      const before = sandbox.messages(channel, { as: person }).length;
      await sandbox.as(person).slash(channel, line);
      const answer = await sandbox.until(() => sandbox.messages(channel, { as: person })[before]);
      return textOf(answer.blocks);
    },
  });

  it('takes words in any order, says when it comes, lists it and ends it', async () => {
    const { says, stores, sandbox } = await enter();
    const said = await says('sam', '/seepass subscribe weekdays medium /checkout* 9:30am New York digest');
    expect(said).toContain('*Subscribed.* #1 Digest of /checkout');
    expect(said).toContain('medium and worse, here, weekdays at 09:30, America/New_York. Next: Fri 30 Jan, 09:30.');
    expect(await says('maya', '/seepass subscribe alerts high quiet 22-7 budget 5')).toContain('as things break');
    const listed = await says('jonas', '/seepass subscriptions');
    expect(listed).toContain('*2 subscriptions*');
    expect(listed).toContain('Weekdays at 09:30, America/New_York · next Fri 30 Jan, 09:30');
    expect(listed).toContain('Alerts, high only, at most 5 a week, quiet 22:00–07:00 Europe/Berlin'.slice(0, 40));
    expect(await says('jonas', '/seepass unsubscribe 1')).toContain('*Ended.* #1');
    expect(await says('jonas', '/seepass unsubscribe 1')).toContain('There is no subscription #1');
    expect(await says('jonas', '/seepass unsubscribe alerts')).toContain('*Ended.* #2');
    const audit = (await stores.audit.list(10)).map(({ actor, action }) => `${actor} ${action}`);
    expect(audit).toContain(`${sandbox.as('sam').id} subscription.add`);
    expect(audit).toContain(`${sandbox.as('jonas').id} subscription.end`);
  });

  it.each([
    ['/seepass subscribe at 25:00', '"25:00" is no time of day'],
    ['/seepass subscribe <!channel>', '"&lt;!channel&gt;" is a mention'],
    ['/seepass subscribe at 9 Europe/Berln', 'Did you mean Europe/Berlin?'],
    ['/seepass subscribe digest in #nowhere', 'There is no channel #nowhere that I can see'],
    ['/seepass subscribe digest in #general', 'I am not in #general yet. First invite me'],
    ['/seepass subscribe digest in #old-reports', '#old-reports'],
    ['/seepass subscribe "tell me the email of every user"', 'I did not save that question.'],
    ['/seepass subscribe "the nps of last week"', 'I did not save that question.'],
    ['/seepass unsubscribe everything', 'Name a subscription by its number'],
    ['/seepass preview 7', 'There is no such subscription'],
  ])('refuses %j in words', async (line, words) => {
    const { says, stores } = await enter();
    expect(await says('maya', line)).toContain(words);
    expect(await stores.subscriptions.list()).toEqual([]);
  });

  it('keeps to the channels that are listed', async () => {
    const { says } = await enter({ app: { subscribable: { listed: ['#support'], minute: 480 } } });
    expect(await says('maya', '/seepass subscribe digest')).toContain(
      '#product-health is not among the channels I may post to. An admin can add it to SEEPASS_CHANNELS.',
    );
    expect(await says('maya', '/seepass subscribe digest in #support')).toContain('weekdays at 08:00');
  });

  it('shows the next digest to the asker alone, through the eyes of the subscription', async () => {
    const { says, judge, sandbox } = await enter();
    expect(await says('maya', '/seepass preview')).toContain('Nothing');
    await judge(somePriorities(3));
    await says('maya', '/seepass subscribe digest /checkout*');
    const shown = await says('sam', '/seepass preview 1');
    expect(shown).toContain('Preview of #1 Digest of /checkout');
    expect(shown).toContain('for you alone: as if it left now, from Thu 29 Jan');
    expect(shown).toContain('/checkout');
    expect(shown).not.toContain('/page/1');
    expect(sandbox.messages(CHANNEL)).toEqual([]);
  });

  it('opens a form without words, which says what is wrong where it is', async () => {
    const { sandbox, stores, channel } = await enter();
    const maya = sandbox.as('maya');
    await maya.slash(CHANNEL, '/seepass subscribe');
    const form = await sandbox.until(() => sandbox.views('maya').at(-1));
    const { kind, question, surfaces, days, time, zone } = SUBSCRIBE_INPUTS;
    expect(await maya.submit(form, { [kind]: 'question' })).toEqual({
      isClosed: false,
      errors: { [question]: 'The question is empty.' },
    });
    expect(await maya.submit(form, { [SUBSCRIBE_INPUTS.channel]: 'general' })).toMatchObject({
      isClosed: false,
      errors: { [SUBSCRIBE_INPUTS.channel]: expect.stringContaining('I am not in #general yet') },
    });
    const filled = { [surfaces]: '/checkout* /search', [days]: ['1', '3'], [time]: '07:30', [zone]: 'Asia/Tokyo' };
    expect(await maya.submit(form, filled)).toEqual({ isClosed: true });
    await vi.waitFor(async () => expect(await stores.subscriptions.list()).toHaveLength(1));
    expect(await stores.subscriptions.list()).toMatchObject([
      {
        channel,
        kind: 'digest',
        surfaces: ['/checkout*', '/search'],
        schedule: { minute: 450, weekdays: [1, 3], zone: 'Asia/Tokyo' },
        createdBy: maya.id,
      },
    ]);
  });

  it('opens the same form by the button under an empty list, and ends by the button of a line', async () => {
    const { says, sandbox, stores } = await enter();
    const jonas = sandbox.as('jonas');
    await says('jonas', '/seepass subscriptions');
    const theList = () => sandbox.messages(CHANNEL, { as: 'jonas' }).at(-1);
    const empty = theList();
    if (!empty) throw new Error('there is no list');
    await jonas.click(empty, 'subscribe_open');
    expect(await sandbox.until(() => sandbox.views('jonas').at(-1))).toMatchObject({ callback_id: 'subscribe_form' });
    await says('jonas', '/seepass subscribe digest');
    await says('jonas', '/seepass subscriptions');
    const full = theList();
    if (!full) throw new Error('there is no list');
    await jonas.click(full, 'subscription_end');
    await vi.waitFor(async () => expect(await stores.subscriptions.list()).toEqual([]));
  });

  it('goes on when it is invited again, and tells the channel nothing', async () => {
    const { says, stores, sandbox, channel } = await enter();
    await says('maya', '/seepass subscribe digest');
    await sandbox.as('sam').slash(CHANNEL, '/remove @Seepass');
    await stores.subscriptions.pause(channel, 'not_in_channel');
    await sandbox.as('sam').slash('general', '/invite @Seepass');
    await sandbox.as('sam').slash(CHANNEL, '/invite @Seepass');
    await vi.waitFor(async () => expect(await stores.subscriptions.list()).toMatchObject([{ paused: null }]));
    const [last] = await stores.audit.list(1);
    expect(last).toMatchObject({ actor: sandbox.as('sam').id, action: 'subscription.resume', channel });
    expect([...sandbox.messages(CHANNEL), ...sandbox.messages('general')]).toEqual([]);
  });

  it('posts a digest once, of its pages only, in a message that its buttons keep up to date', async () => {
    const { says, judge, sandbox, stores, app } = await enter();
    await judge(somePriorities(2));
    await says('maya', '/seepass subscribe digest /checkout* daily at 10');
    const [subscription] = await stores.subscriptions.list();
    const { id = '', nextDueAt = null } = subscription ?? {};
    await stores.subscriptions.advance([{ id, dueAt: nextDueAt ?? 0, nextDueAt: NOW }]);
    const digest = createDigestPoster({
      stores,
      timezone,
      currency: 'USD',
      clock: () => NOW,
      renderDigest: buildDigestMessage,
      prepareDay: async () => undefined,
    });
    const policy = { channels: app.directory, listed: [], pause: () => Promise.reject(new Error('it may be posted')) };
    const posters = { digest: withinPolicy(policy, digest), weekly: digest, question: digest };
    const post = (owner: string) =>
      postDue({ subscriptions: stores.subscriptions, posters, owner, clock: () => NOW + 7_200_000, log: silentLog });
    const reports = await Promise.all([post('one'), post('two')]);
    expect(reports.reduce((sum, { posted }) => sum + posted, 0)).toBe(1);
    await deliverOutbox({ stores, messenger: app.messenger, owner: 'test', clock: () => NOW, log: silentLog });
    const [message, ...more] = sandbox.messages(CHANNEL);
    expect(more).toEqual([]);
    if (!message) throw new Error('there is no digest');
    expect(textOf(message.blocks)).toContain('/checkout');
    expect(textOf(message.blocks)).not.toContain('/page/1');
    await sandbox.as('maya').click(message, 'Approve');
    const after = await sandbox.until(() => {
      const now = textOf(sandbox.messages(CHANNEL)[0]?.blocks);
      return now.includes('*Approved* by') ? now : undefined;
    });
    expect(after).not.toContain('/page/1');
  });
});

describe('the form', () => {
  it('offers every zone, and the one it begins with, within the limits of Slack', () => {
    for (const zone of ['Europe/Berlin', 'UTC', 'Etc/GMT+3']) {
      const view = buildSubscribeForm({ channel: 'C0123456789', zone, minute: 540 });
      expect(validateView(view)).toEqual([]);
      expect(JSON.stringify(view)).toContain('America/New_York');
    }
  });
});
