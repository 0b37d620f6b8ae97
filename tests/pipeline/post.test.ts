import { afterEach, describe, expect, it } from 'vitest';
import { DeliveryError } from '../../src/pipeline/delivery-error.ts';
import type { Messenger, Stores } from '../../src/pipeline/ports.ts';
import { type DeliveryContext, deliverOutbox, enqueueDigest, LEASE_MS } from '../../src/pipeline/post.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createSlackApp } from '../../src/slack/app.ts';
import { buildDigestMessage } from '../../src/slack/views/digest.ts';
import { DATE } from '../slack/models.ts';
import { CHANNEL, judge, NOW, somePriorities, storesOf, timezone } from '../slack/world.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { noAnswering } from '../support/no-answering.ts';
import { silentLog } from '../support/silent-log.ts';

describeOnEveryDatabase('posting a digest', (open) => {
  let now = NOW;
  let stop = async (): Promise<void> => undefined;
  afterEach(async () => stop());

  async function enter() {
    now = NOW;
    const handle = await open();
    const stores = storesOf(handle, () => now);
    await judge(stores, somePriorities(3));
    const sandbox = await startSandbox();
    const app = createSlackApp({
      stores,
      log: silentLog,
      timezone,
      currency: 'USD',
      clock: () => now,
      newId: () => 'id',
      answering: noAnswering,
      preview: () => [],
      decide: () => Promise.reject(new Error('not here')),
      label: () => Promise.reject(new Error('not here')),
      botToken: sandbox.botToken,
      apiUrl: sandbox.apiUrl,
      transport: { mode: 'socket', appToken: sandbox.appToken },
    });
    stop = () => sandbox.stop();
    const channel = await app.directory.channelId(`#${CHANNEL}`);
    const enqueue = () =>
      enqueueDigest(
        { stores, timezone, currency: 'USD', clock: () => now, renderDigest: buildDigestMessage },
        { channel, date: DATE },
      );
    const deliver = (owner = 'one', messenger: Messenger = app.messenger) =>
      deliverOutbox({ stores, messenger, owner, clock: () => now, log: silentLog });
    const posted = () => sandbox.messages(CHANNEL).length;
    const status = () => stores.outbox.find('digest', channel, DATE);
    return { stores, sandbox, app, channel, enqueue, deliver, posted, status };
  }

  it('puts one message per channel and day into the outbox, however often it is asked', async () => {
    const { enqueue, deliver, posted } = await enter();
    expect(await enqueue()).toBe(true);
    expect(await enqueue()).toBe(false);
    expect(await deliver()).toEqual({ sent: 1, waiting: 0, failed: 0 });
    expect(await enqueue()).toBe(false);
    expect(await deliver()).toEqual({ sent: 0, waiting: 0, failed: 0 });
    expect(posted()).toBe(1);
  });

  it('posts once when many processes deliver at the same time', async () => {
    const { enqueue, deliver, posted } = await enter();
    await Promise.all([enqueue(), enqueue(), enqueue()]);
    await Promise.all(['one', 'two', 'three', 'four'].map((owner) => deliver(owner)));
    expect(posted()).toBe(1);
  });

  it.each([
    [
      'Slack answers 500 after it took the message',
      (sandbox: Sandbox) => sandbox.control.failAfterAccepting('chat.postMessage'),
    ],
    ['the answer is lost', (sandbox: Sandbox) => sandbox.control.dropResponse('chat.postMessage')],
  ])('posts once when %s', async (_name, fault) => {
    const { enqueue, deliver, posted, sandbox, status } = await enter();
    await enqueue();
    fault(sandbox);
    await deliver();
    now += 3_600_000;
    await deliver();
    expect(posted()).toBe(1);
    expect(await status()).toMatchObject({ status: 'sent', message_ts: sandbox.messages(CHANNEL)[0]?.ts });
  });

  it('posts once when the process dies between the post and the note that it was posted', async () => {
    const { enqueue, deliver, posted, app, status } = await enter();
    await enqueue();
    const dying: Messenger = {
      ...app.messenger,
      post: async (...message) => {
        await app.messenger.post(...message);
        throw new Error('the process was killed here');
      },
    };
    await expect(deliver('one', dying)).rejects.toThrow('killed');
    expect(await deliver('two')).toEqual({ sent: 0, waiting: 0, failed: 0 });
    now += LEASE_MS + 1;
    expect(await deliver('two')).toEqual({ sent: 1, waiting: 0, failed: 0 });
    expect(posted()).toBe(1);
    expect((await status())?.status).toBe('sent');
  });

  it('waits as long as Slack asks when it is told to slow down', async () => {
    const { enqueue, deliver, posted, sandbox } = await enter();
    await enqueue();
    sandbox.control.rateLimit('chat.postMessage', { retryAfterSeconds: 40 });
    expect(await deliver()).toEqual({ sent: 0, waiting: 1, failed: 0 });
    now += 39_000;
    expect(await deliver()).toEqual({ sent: 0, waiting: 0, failed: 0 });
    now += 1_000;
    expect(await deliver()).toEqual({ sent: 1, waiting: 0, failed: 0 });
    expect(posted()).toBe(1);
  });

  it.each([['not_in_channel'], ['is_archived'], ['channel_not_found'], ['invalid_auth'], ['invalid_blocks']])(
    'gives up with a reason when Slack says %s',
    async (error) => {
      const { enqueue, deliver, posted, sandbox, status } = await enter();
      await enqueue();
      sandbox.control.refuse('chat.postMessage', error);
      expect(await deliver()).toEqual({ sent: 0, waiting: 0, failed: 1 });
      expect((await status())?.status).toBe('failed');
      now += 86_400_000;
      await deliver();
      expect(posted()).toBe(0);
    },
  );

  it('would rather stay silent than post twice where it may not look into the channel', async () => {
    const { enqueue, deliver, posted, sandbox, status } = await enter();
    await enqueue();
    sandbox.control.dropResponse('chat.postMessage');
    sandbox.control.refuse('conversations.history', 'missing_scope', { calls: 2 });
    expect(await deliver()).toEqual({ sent: 0, waiting: 1, failed: 0 });
    now += 3_600_000;
    expect(await deliver()).toEqual({ sent: 0, waiting: 0, failed: 1 });
    expect(posted()).toBe(1);
    expect((await status())?.status).toBe('failed');
  });

  it('says that a day was not judged rather than posting an empty digest', async () => {
    const { stores, channel } = await enter();
    const context = { stores, timezone, currency: 'USD', clock: () => now, renderDigest: buildDigestMessage };
    await expect(enqueueDigest(context, { channel, date: '2020-01-01' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('an outbox that keeps failing', () => {
  it('is given up after ten tries', async () => {
    const attempts: number[] = [];
    let left = 12;
    const outbox = {
      claim: async () => {
        left -= 1;
        if (left < 0) return [];
        attempts.push(13 - left);
        return [
          {
            id: 'a',
            kind: 'digest',
            channel: 'C',
            operation: 'post' as const,
            parentTs: null,
            subject: 's',
            sequence: 0,
            message: { text: '', blocks: [] },
            attempts: 12 - left,
          },
        ];
      },
      markNotSent: async (_id: string, _owner: string, _error: string, retryAt: number | null) => {
        if (retryAt === null) left = 0;
      },
    };
    const messenger: Messenger = {
      post: () => Promise.reject(new DeliveryError('retryable', 'Slack did not answer.')),
      findByKey: async () => undefined,
    };
    const context: DeliveryContext = {
      stores: { outbox: { ...({} as Stores['outbox']), ...outbox } },
      messenger,
      owner: 'one',
      clock: () => 0,
      log: silentLog,
    };
    expect(await deliverOutbox(context)).toEqual({ sent: 0, waiting: 10, failed: 1 });
    expect(attempts).toHaveLength(11);
  });
});
