import { expect, it } from 'vitest';
import type { Priority } from '../../src/core/records.ts';
import { correctDigests } from '../../src/pipeline/correct-digests.ts';
import { enqueueDigestOf } from '../../src/pipeline/due/digest-poster.ts';
import { buildCorrection } from '../../src/slack/views/correction.ts';
import { buildDigestMessage } from '../../src/slack/views/digest.ts';
import { CHANNEL, digestIn, judge, NOW, somePriorities, storesOf, timezone } from '../slack/world.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { startDelivering } from './delivering.ts';

const HOUR = 3_600_000;

/** The same day as it reads with more errors than had come in by the morning. */
const withMore = (priorities: readonly Priority[]): Priority[] =>
  priorities.map((priority) => {
    const { findings } = priority.pattern_record;
    const more = findings.map((finding, place) => (place === 0 ? { ...finding, current: 0.5 } : finding));
    return { ...priority, pattern_record: { ...priority.pattern_record, findings: more } };
  });

describeOnOneDatabase('data that comes after the digest', (open) => {
  async function enter() {
    const handle = await open();
    const stores = storesOf(handle);
    await judge(stores, somePriorities(2));
    const place = await startDelivering(handle);
    const subscription = await stores.subscriptions.add(digestIn(place.channel(CHANNEL)), 'system');
    const context = { stores, timezone, currency: 'USD', clock: () => NOW, renderDigest: buildDigestMessage };
    await enqueueDigestOf(context, subscription, NOW);
    await place.deliver();
    const correct = () =>
      correctDigests({
        ...{ stores, timezone, currency: 'USD', asOf: NOW + HOUR, log: silentLog, renderCorrection: buildCorrection },
        rejudge: () => Promise.reject(new Error('no bucket of these days is dirty')),
      });
    const replies = () => place.sandbox.messages(CHANNEL).flatMap((digest) => place.sandbox.thread(digest).slice(1));
    return { ...place, stores, correct, replies };
  }

  it('says nothing where every figure reads as it was told', async () => {
    const { correct } = await enter();
    expect(await correct()).toEqual({ days: 0, corrected: 0 });
  });

  it('says nothing in a channel that is paused, as one is that may not be posted to any more', async () => {
    const { stores, correct } = await enter();
    const [digest] = await stores.subscriptions.list();
    await stores.subscriptions.pause(digest?.channel ?? '', 'shared');
    await judge(stores, withMore(somePriorities(2)));
    expect(await correct()).toMatchObject({ corrected: 0 });
    await stores.subscriptions.resume(digest?.channel ?? '', 'system');
    expect(await correct()).toMatchObject({ corrected: 1 });
  });

  it('is told once in the digest’s thread, with the old figure and the new one', async () => {
    const { stores, correct, deliver, advance, replies } = await enter();
    await judge(stores, withMore(somePriorities(2)));
    expect(await correct()).toMatchObject({ corrected: 1 });
    expect(await correct()).toMatchObject({ corrected: 0 });
    advance(2_000);
    await deliver();
    expect(replies()).toHaveLength(1);
    expect(replies()[0]?.text).toMatch(/Late data changed[^→]+→ 50%/);
  });
});
