import { expect, it } from 'vitest';
import { createDigestPoster } from '../../../src/pipeline/due/digest-poster.ts';
import { gatherWrites } from '../../../src/pipeline/due/gather-writes.ts';
import { postDue } from '../../../src/pipeline/due/post-due.ts';
import { rememberReads } from '../../../src/pipeline/due/remember-reads.ts';
import { buildDigestMessage } from '../../../src/slack/views/digest.ts';
import { judge, NOW, somePriorities, storesOf, timezone } from '../../slack/world.ts';
import { describeOnOneDatabase } from '../../support/database.ts';
import { silentLog } from '../../support/silent-log.ts';

const CHANNELS = 12;

describeOnOneDatabase('digests of many channels', (open) => {
  it('read and build what they have in common once, and say the same as each alone', async () => {
    const plain = storesOf(await open());
    await judge(plain, somePriorities(3));
    const schedule = { minute: 540, weekdays: [1, 2, 3, 4, 5, 6, 7], zone: timezone };
    const common = {
      severity: 'low',
      schedule,
      question: null,
      quiet: null,
      weeklyBudget: 10,
      nextDueAt: NOW,
    } as const;
    for (let n = 0; n < CHANNELS; n += 1) {
      const surfaces = n % 2 === 0 ? [] : ['/checkout*'];
      await plain.subscriptions.add({ ...common, kind: 'digest', channel: `C${n}`, surfaces }, 'system');
    }
    let reads = 0;
    const counting = {
      ...plain,
      priorities: {
        ...plain.priorities,
        listPriorities: async (date: string) => {
          reads += 1;
          return plain.priorities.listPriorities(date);
        },
      },
    };
    let built = 0;
    const posterOn = (stores: typeof plain) =>
      createDigestPoster({
        stores,
        timezone,
        currency: 'USD',
        clock: () => NOW,
        renderDigest: (model) => {
          built += 1;
          return buildDigestMessage(model);
        },
        prepareDay: async () => undefined,
      });
    const digest = posterOn(gatherWrites(rememberReads(counting)));
    const report = await postDue({
      subscriptions: plain.subscriptions,
      posters: { digest, weekly: digest, question: digest },
      owner: 'one',
      clock: () => NOW,
      log: silentLog,
    });
    expect(report).toEqual({ posted: CHANNELS, skipped: 0, failed: 0, givenUp: 0 });
    expect({ reads, built }).toEqual({ reads: 1, built: 2 });
    const posted = await plain.outbox.claim('sender', 60_000, CHANNELS);
    const messages = new Set(posted.map(({ message }) => JSON.stringify(message)));
    expect(posted).toHaveLength(CHANNELS);
    expect(messages.size).toBe(2);
  });

  it('ask again for what failed', async () => {
    const plain = storesOf(await open());
    let tries = 0;
    const stores = rememberReads({
      ...plain,
      freshness: {
        ...plain.freshness,
        list: async () => {
          tries += 1;
          if (tries === 1) throw new Error('the database was away');
          return [];
        },
      },
    });
    await expect(stores.freshness.list()).rejects.toThrow('away');
    await Promise.all([stores.freshness.list(), stores.freshness.list()]);
    expect(tries).toBe(2);
  });
});
