import { expect, it, vi } from 'vitest';
import { LEASE_MS } from '../../src/pipeline/deliver.ts';
import { HOLD_MS } from '../../src/pipeline/delivery-attempt.ts';
import { DeliveryError } from '../../src/pipeline/delivery-error.ts';
import type { Messenger } from '../../src/pipeline/ports.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { describeOnEveryDatabase, describeOnOneDatabase } from '../support/database.ts';
import { CHANNEL, startDelivering } from './delivering.ts';

const HOUR = 3_600_000;
const texts = (sandbox: Sandbox, channel = CHANNEL): string[] => sandbox.messages(channel).map(({ text }) => text);

describeOnEveryDatabase('delivery', (open) => {
  it('posts a message, its thread and its newest revision, each once, however many processes deliver', async () => {
    const place = await startDelivering(await open());
    await place.post('one');
    for (const number of [1, 2]) {
      await place.update('one', number);
      await place.reply('one', number);
    }
    for (let beat = 0; beat < 6; beat += 1) {
      await Promise.all(['a', 'b', 'c'].map((owner) => place.deliver({ owner })));
      place.advance(1_000);
    }
    expect(texts(place.sandbox)).toEqual(['one, revision 2']);
    const [root] = place.sandbox.messages(CHANNEL);
    expect(root && place.sandbox.thread(root).map(({ text }) => text)).toEqual([
      'one, revision 2',
      'one, entry 1',
      'one, entry 2',
    ]);
    expect((await place.outbox()).map(({ status }) => status).sort()).toEqual([
      ...['sent', 'sent', 'sent', 'sent', 'superseded'],
    ]);
  });
});

describeOnOneDatabase('delivery', (open) => {
  it.each([
    [
      'Slack answers 500 after it took the message',
      (sandbox: Sandbox, method: string) => sandbox.control.failAfterAccepting(method),
    ],
    ['Slack answers 500 and did not take it', (sandbox: Sandbox, method: string) => sandbox.control.fail(method)],
    ['the answer is lost', (sandbox: Sandbox, method: string) => sandbox.control.dropResponse(method)],
  ])('posts, replies and updates once when %s', async (_name, fault) => {
    const place = await startDelivering(await open());
    const { sandbox } = place;
    fault(sandbox, 'chat.postMessage');
    await place.post('one');
    await place.drain();
    fault(sandbox, 'chat.postMessage');
    fault(sandbox, 'chat.update');
    await place.reply('one', 1);
    await place.update('one', 1);
    await place.drain();
    const [root] = sandbox.messages(CHANNEL);
    expect(root && sandbox.thread(root).map(({ text }) => text)).toEqual(['one, revision 1', 'one, entry 1']);
    expect(root?.metadata).toMatchObject({ event_type: 'seepass_message', event_payload: { key: expect.any(String) } });
  });

  it('finds a reply in its thread when the process died before noting it', async () => {
    const place = await startDelivering(await open());
    await place.post('one');
    await place.drain();
    await place.reply('one', 1);
    place.advance(1_000);
    const dying: Messenger = {
      ...place.messenger,
      post: async (...message) => {
        await place.messenger.post(...message);
        throw new Error('the process was killed here');
      },
    };
    await expect(place.deliver({ messenger: dying })).rejects.toThrow('killed');
    expect(await place.deliver({ owner: 'two' })).toMatchObject({ sent: 0 });
    place.advance(LEASE_MS + 1);
    expect(await place.deliver({ owner: 'two' })).toMatchObject({ sent: 1 });
    const [root] = place.sandbox.messages(CHANNEL);
    expect(root && place.sandbox.thread(root)).toHaveLength(2);
  });

  it('keeps to one message a second in a channel, and lets a limited channel wait alone, for as long as asked', async () => {
    const place = await startDelivering(await open());
    const { sandbox } = place;
    for (const subject of ['one', 'two']) await place.post(subject);
    sandbox.control.rateLimit('chat.postMessage', { retryAfterSeconds: 40 });
    expect(await place.deliver()).toEqual({ sent: 0, waiting: 1, failed: 0, uncertain: 0 });
    await place.post('elsewhere', { channel: place.channel('support') });
    place.advance(39_000);
    expect(await place.deliver()).toMatchObject({ sent: 1 });
    expect([texts(sandbox), texts(sandbox, 'support')]).toEqual([[], ['elsewhere']]);
    place.advance(1_000);
    expect(await place.deliver()).toMatchObject({ sent: 1 });
    expect(await place.deliver()).toMatchObject({ sent: 0 });
    place.advance(1_000);
    expect(await place.deliver()).toMatchObject({ sent: 1 });
    expect(texts(sandbox)).toEqual(['one', 'two']);
  });

  it('is not slowed down by Slack where it keeps to the pace', async () => {
    const place = await startDelivering(await open(), { pacing: { burst: 1, perSecond: 1 } });
    for (let number = 0; number < 6; number += 1) await place.post(`message ${number}`);
    for (let second = 0; second < 6; second += 1) {
      expect(await place.deliver()).toMatchObject({ sent: 1, waiting: 0 });
      place.advance(1_000);
    }
  });

  it('never gives up a message for being put off', async () => {
    const place = await startDelivering(await open());
    await place.post('one');
    place.sandbox.control.rateLimit('chat.postMessage', { calls: 15, retryAfterSeconds: 1 });
    await place.drain();
    expect(texts(place.sandbox)).toEqual(['one']);
  });

  it.each([['not_in_channel'], ['is_archived'], ['channel_not_found']])(
    'gives a channel up when Slack says %s: all that waits for it fails, and one is told before',
    async (error) => {
      const place = await startDelivering(await open());
      for (const subject of ['one', 'two']) await place.post(subject);
      await place.reply('one', 1);
      await place.post('elsewhere', { channel: place.channel('support') });
      place.sandbox.control.refuse('chat.postMessage', error);
      const onChannelTrouble = vi.fn(async () => {
        expect((await place.outbox()).map(({ status }) => status)).not.toContain('failed');
      });
      await place.stores.outbox.holdChannel(place.channel('support'), place.now() + 1_000);
      expect(await place.deliver({ onChannelTrouble })).toEqual({ sent: 0, waiting: 0, failed: 1, uncertain: 0 });
      expect(onChannelTrouble.mock.calls).toEqual([
        [expect.objectContaining({ channel: place.channel(CHANNEL), reason: error })],
      ]);
      await place.drain({ onChannelTrouble });
      expect((await place.outbox()).map(({ about, status }) => [about, status])).toEqual([
        ...[
          ['post one 0', 'failed'],
          ['post two 0', 'failed'],
          ['reply one 1', 'failed'],
          ['post elsewhere 0', 'sent'],
        ],
      ]);
      expect((await place.outbox())[1]?.last_error).toContain(error);
    },
  );

  it.each([['restricted_action'], ['msg_too_long'], ['invalid_blocks']])(
    'gives up that one message when Slack says %s, and goes on in its channel',
    async (error) => {
      const place = await startDelivering(await open());
      for (const subject of ['one', 'two']) await place.post(subject);
      place.sandbox.control.refuse('chat.postMessage', error);
      await place.drain();
      expect(texts(place.sandbox)).toEqual(['two']);
    },
  );

  it.each([['token_revoked'], ['account_inactive'], ['invalid_auth']])(
    'stops when Slack says %s, says so once, loses nothing, and goes on when it works again',
    async (error) => {
      const place = await startDelivering(await open());
      const { sandbox } = place;
      for (const name of [CHANNEL, 'support', 'eng-oncall']) await place.post('one', { channel: place.channel(name) });
      sandbox.control.refuse('chat.postMessage', error, { calls: 5 });
      await place.deliver();
      await place.deliver({ owner: 'two' });
      expect(place.logged.filter(({ level }) => level === 'error')).toHaveLength(1);
      expect(await place.stores.outbox.held()).toMatchObject({ reason: error, until: place.now() + HOLD_MS });
      place.advance(HOLD_MS - 1);
      expect(await place.deliver()).toMatchObject({ waiting: 0 });
      for (let hold = 0; hold < 2; hold += 1) {
        place.advance(HOLD_MS + 1_000);
        await place.deliver();
      }
      place.advance(HOLD_MS);
      await place.deliver();
      expect([CHANNEL, 'support', 'eng-oncall'].map((name) => texts(sandbox, name))).toEqual([
        ['one'],
        ['one'],
        ['one'],
      ]);
      expect(await place.stores.outbox.held()).toBeUndefined();
      expect(place.logged.filter(({ level }) => level === 'error')).toHaveLength(1);
    },
  );

  it('would rather stay silent than post twice where it may not look, and finds the message for an update later', async () => {
    const place = await startDelivering(await open());
    const { sandbox } = place;
    await place.post('one');
    sandbox.control.dropResponse('chat.postMessage');
    sandbox.control.refuse('conversations.history', 'missing_scope', { calls: 3 });
    expect(await place.deliver()).toMatchObject({ waiting: 1 });
    place.advance(HOUR);
    expect(await place.deliver()).toMatchObject({ uncertain: 1 });
    await place.update('one', 1);
    place.advance(HOUR);
    expect(await place.deliver()).toMatchObject({ failed: 1 });
    expect(texts(sandbox)).toEqual(['one']);
    await place.update('one', 2);
    await place.drain();
    expect(texts(sandbox)).toEqual(['one, revision 2']);
    expect((await place.outbox())[0]).toMatchObject({ status: 'sent', message_ts: sandbox.messages(CHANNEL)[0]?.ts });
  });

  it('never posts a message again that it could not look for until it gave up', async () => {
    const place = await startDelivering(await open());
    await place.post('one');
    place.sandbox.control.dropResponse('chat.postMessage');
    const messenger: Messenger = {
      ...place.messenger,
      findByKey: async () => Promise.reject(new DeliveryError('ambiguous', 'Slack did not answer.')),
    };
    await place.drain({ messenger });
    expect(texts(place.sandbox)).toEqual(['one']);
    expect(await place.outbox()).toMatchObject([{ status: 'uncertain' }]);
  });

  it('ends quietly where people deleted the message', async () => {
    const place = await startDelivering(await open());
    const { sandbox } = place;
    await place.post('one');
    await place.drain();
    sandbox.control.refuse('chat.update', 'message_not_found');
    sandbox.control.refuse('chat.postMessage', 'thread_not_found');
    await place.update('one', 1);
    await place.reply('one', 1);
    await place.drain();
    expect((await place.outbox()).map(({ status }) => status)).toEqual(['sent', 'failed', 'failed']);
    expect(place.logged.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  });

  it('does not bring back a message that people deleted', async () => {
    const place = await startDelivering(await open());
    await place.post('one');
    await place.reply('one', 1);
    await place.drain();
    const [root] = place.sandbox.messages(CHANNEL);
    await place.client.apiCall('chat.delete', { channel: root?.channel, ts: root?.ts });
    await place.update('one', 1);
    await place.drain();
    expect((await place.outbox()).at(-1)).toMatchObject({ status: 'failed' });
    expect(texts(place.sandbox)).toEqual(['This message was deleted.']);
  });

  it('looks only for what may have been posted', async () => {
    const place = await startDelivering(await open());
    const findByKey = vi.fn(place.messenger.findByKey);
    let fails = 3;
    const messenger: Messenger = {
      ...place.messenger,
      findByKey,
      post: async (...message) => {
        fails -= 1;
        if (fails >= 0) throw new DeliveryError('retryable', 'Slack could not be reached.');
        return place.messenger.post(...message);
      },
    };
    await place.post('to a person', { channel: place.sandbox.as('maya').id });
    await place.drain({ messenger });
    expect(texts(place.sandbox, '@maya')).toEqual(['to a person']);
    expect(findByKey).not.toHaveBeenCalled();
  });

  it('begins nothing more once it is told to stop', async () => {
    const place = await startDelivering(await open());
    await place.post('one');
    expect(await place.deliver({ stopping: AbortSignal.abort() })).toEqual({
      ...{ sent: 0, waiting: 0, failed: 0, uncertain: 0 },
    });
    expect(await place.outbox()).toMatchObject([{ status: 'pending' }]);
  });
});
