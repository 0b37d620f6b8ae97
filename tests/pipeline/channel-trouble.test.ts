import { describe, expect, it } from 'vitest';
import type { Subscription } from '../../src/core/delivery/subscription.ts';
import {
  type ChannelTroubleContext,
  NOTICE_KIND,
  pauseChannel,
  tellChannelTrouble,
} from '../../src/pipeline/channel-trouble.ts';
import type { DeliveryTrouble } from '../../src/pipeline/delivery-attempt.ts';
import type { OutboxItem } from '../../src/pipeline/ports.ts';
import { silentLog } from '../support/silent-log.ts';

const AT = Date.UTC(2026, 0, 30, 9);
const CHANNEL = 'C0000001';

const subscription = (number: number, createdBy: string, channel = CHANNEL): Subscription => ({
  id: `s${number}`,
  number,
  kind: 'alerts',
  channel,
  surfaces: [],
  severity: 'low',
  schedule: null,
  question: null,
  quiet: null,
  weeklyBudget: 10,
  createdBy,
  createdAt: AT,
  paused: null,
  nextDueAt: null,
});

function item(kind: string, channel: string, subject = 's'): OutboxItem {
  const message = { text: `a ${kind}`, blocks: [] };
  return {
    ...{ id: 'i', operation: 'post', parent: null, kind, channel, subject, sequence: 0, message },
    ...{ attempts: 1, mayBePosted: false, createdAt: AT },
  };
}

function enter(all: Subscription[], admins: string[] = ['U0ADMIN1']) {
  const told = new Map<string, string>();
  const errors: string[] = [];
  let subscriptions = all;
  const context: ChannelTroubleContext = {
    stores: {
      outbox: {
        async enqueue({ kind, channel, subject, message }) {
          const key = `${kind} ${channel} ${subject}`;
          const isNew = !told.has(key);
          if (isNew) told.set(key, message.text);
          return isNew;
        },
      },
      subscriptions: {
        list: async (channel) => subscriptions.filter((one) => one.channel === channel),
        async pause(channel, reason) {
          const running = subscriptions.filter((one) => one.channel === channel && one.paused === null);
          subscriptions = subscriptions.map((one) =>
            running.includes(one) ? { ...one, paused: { reason, at: AT } } : one,
          );
          return running;
        },
      },
    },
    admins,
    renderNotice: ({ channel, reason, subscriptions: numbers }) => ({
      text: `${channel} ${reason} ${numbers.join(',')}`,
      blocks: [],
    }),
    log: { ...silentLog, error: (_details, message) => void errors.push(message) },
  };
  const trouble = (change: Partial<DeliveryTrouble> = {}) =>
    tellChannelTrouble(context, {
      ...{ channel: CHANNEL, reason: 'is_archived', item: item('digest', CHANNEL) },
      ...change,
    });
  return {
    context,
    told,
    errors,
    trouble,
    paused: () => subscriptions.filter(({ paused }) => paused).map(({ number }) => number),
  };
}

describe('a channel that takes no messages', () => {
  it('has its subscriptions paused and each owner told once, however often it is found out', async () => {
    const place = enter([
      subscription(1, 'U0MAYA01'),
      subscription(2, 'U0SAM001'),
      subscription(3, 'U0MAYA01'),
      subscription(4, 'U0MAYA01', 'C0000002'),
    ]);
    await Promise.all([place.trouble(), place.trouble()]);
    await place.trouble();
    expect(place.paused()).toEqual([1, 2, 3]);
    expect(Object.fromEntries(place.told)).toEqual({
      [`notice U0MAYA01 ${CHANNEL}:2026-01-30`]: `${CHANNEL} is_archived 1,3`,
      [`notice U0SAM001 ${CHANNEL}:2026-01-30`]: `${CHANNEL} is_archived 2`,
    });
  });

  it('is paused and told likewise where it may not be posted to any more', async () => {
    const place = enter([subscription(1, 'U0MAYA01'), subscription(2, 'system')]);
    await pauseChannel(place.context, CHANNEL, 'shared');
    await pauseChannel(place.context, CHANNEL, 'shared');
    expect(place.paused()).toEqual([1, 2]);
    expect(Object.fromEntries(place.told)).toEqual({
      [`notice U0MAYA01 ${CHANNEL}:2026-01-30`]: `${CHANNEL} shared 1`,
      [`notice U0ADMIN1 ${CHANNEL}:2026-01-30`]: `${CHANNEL} shared 2`,
    });
  });

  it('is told to the first admin where the app itself subscribed it', async () => {
    const place = enter([subscription(1, 'system')], ['U0ADMIN1', 'U0ADMIN2']);
    await place.trouble();
    expect([...place.told.keys()]).toEqual([`notice U0ADMIN1 ${CHANNEL}:2026-01-30`]);
  });

  it('is told to the first admin when its owner has left, in the same words', async () => {
    const place = enter([]);
    const notice = item(NOTICE_KIND, 'U0MAYA01', `${CHANNEL}:2026-01-30`);
    await place.trouble({ channel: 'U0MAYA01', reason: 'user_disabled', item: notice });
    expect([...place.told]).toEqual([[`notice U0ADMIN1 ${CHANNEL}:2026-01-30`, 'a notice']]);
  });

  it.each([
    ['there is no admin', []],
    ['the admin has left too', ['U0MAYA01']],
  ])('is in the log alone where %s', async (_name, admins) => {
    const place = enter([], admins);
    await place.trouble({ channel: 'U0MAYA01', item: item(NOTICE_KIND, 'U0MAYA01') });
    expect([place.told.size, place.errors.length]).toEqual([0, 1]);
  });
});
