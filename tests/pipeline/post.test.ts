import { expect, it } from 'vitest';
import { enqueueDigest } from '../../src/pipeline/post.ts';
import { buildDigestMessage } from '../../src/slack/views/digest.ts';
import { DATE } from '../slack/models.ts';
import { CHANNEL, judge, NOW, somePriorities, storesOf, timezone } from '../slack/world.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { startDelivering } from './delivering.ts';

describeOnEveryDatabase('posting a digest', (open) => {
  async function enter() {
    const handle = await open();
    const stores = storesOf(handle);
    await judge(stores, somePriorities(3));
    const place = await startDelivering(handle);
    const context = { stores, timezone, currency: 'USD', clock: () => NOW, renderDigest: buildDigestMessage };
    const enqueue = (date = DATE) => enqueueDigest(context, { channel: place.channel(CHANNEL), date });
    const posted = () => place.sandbox.messages(CHANNEL).length;
    return { ...place, enqueue, posted };
  }

  it('puts one message per channel and day into the outbox, however often it is asked', async () => {
    const { enqueue, deliver, posted } = await enter();
    expect(await enqueue()).toBe(true);
    expect(await enqueue()).toBe(false);
    expect(await deliver()).toMatchObject({ sent: 1 });
    expect(await enqueue()).toBe(false);
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
    await expect(enqueue('2020-01-01')).rejects.toMatchObject({ code: 'not_found' });
  });
});
