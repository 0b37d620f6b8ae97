import { expect, it } from 'vitest';
import { enqueueDigestOf } from '../../../src/pipeline/due/digest-poster.ts';
import { buildDigestMessage } from '../../../src/slack/views/digest.ts';
import { CHANNEL, digestIn, judge, NOW, somePriorities, storesOf, timezone } from '../../slack/world.ts';
import { describeOnEveryDatabase } from '../../support/database.ts';
import { startDelivering } from '../delivering.ts';

const DAY = 86_400_000;

describeOnEveryDatabase('posting a digest', (open) => {
  async function enter() {
    const handle = await open();
    const stores = storesOf(handle);
    await judge(stores, somePriorities(3));
    const place = await startDelivering(handle);
    const subscription = await stores.subscriptions.add(digestIn(place.channel(CHANNEL)), 'system');
    const context = { stores, timezone, currency: 'USD', clock: () => NOW, renderDigest: buildDigestMessage };
    const enqueue = (dueAt = NOW) => enqueueDigestOf(context, subscription, dueAt);
    const posted = () => place.sandbox.messages(CHANNEL).length;
    return { ...place, enqueue, posted };
  }

  it('puts one message per subscription and due time into the outbox, however often it is asked', async () => {
    const { enqueue, deliver, posted } = await enter();
    await enqueue();
    await enqueue();
    expect(await deliver()).toMatchObject({ sent: 1 });
    await enqueue();
    expect(await deliver()).toMatchObject({ sent: 0 });
    expect(posted()).toBe(1);
  });

  it('posts once when many processes ask and deliver at the same time', async () => {
    const { enqueue, deliver, posted } = await enter();
    await Promise.all([enqueue(), enqueue(), enqueue()]);
    await Promise.all(['one', 'two', 'three', 'four'].map((owner) => deliver({ owner })));
    expect(posted()).toBe(1);
  });

  it('says that a day was not judged rather than posting an empty digest', async () => {
    const { enqueue } = await enter();
    await expect(enqueue(NOW - 30 * DAY)).rejects.toMatchObject({ code: 'not_found' });
  });
});
