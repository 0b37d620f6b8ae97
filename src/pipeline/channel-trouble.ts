/** When a channel takes no messages any more, or may not get any: its subscriptions pause, and somebody is told once. */
import type { PausedChannel } from '../core/delivery/paused-channel.ts';
import type { DeliveryTrouble } from './delivery-attempt.ts';
import type { Log, OutboxStore, OutgoingMessage } from './ports.ts';
import type { SubscriptionStore } from './subscriptions.ts';

export const NOTICE_KIND = 'notice';

export interface ChannelTroubleContext {
  stores: { subscriptions: Pick<SubscriptionStore, 'pause' | 'list'>; outbox: Pick<OutboxStore, 'enqueue'> };
  /** User ids; the first is told where there is no owner, or none who can be reached. */
  admins: readonly string[];
  renderNotice: (paused: PausedChannel) => OutgoingMessage;
  log: Log;
}

/** Pauses a channel that did not take a message. A notice that does not reach its owner goes to the first admin. */
export async function tellChannelTrouble(context: ChannelTroubleContext, trouble: DeliveryTrouble): Promise<void> {
  const { stores, admins, log } = context;
  const { channel, reason, item } = trouble;
  const [admin] = admins;
  if (item.kind === NOTICE_KIND) {
    if (admin === undefined || admin === channel)
      log.error({ channel, subject: item.subject, reason }, 'nobody could be told that a channel takes no messages');
    else await stores.outbox.enqueue(noticeTo(admin, item.subject, item.message));
  }
  await pauseChannel(context, channel, reason);
}

/**
 * Pauses the subscriptions of a channel and tells each of their owners, in a message to them alone, once per channel
 * and day it was paused. Safe to repeat: whatever a process that died here has left undone is done by the next call.
 * @param reason the platform's own code, or the policy's.
 */
export async function pauseChannel(context: ChannelTroubleContext, channel: string, reason: string): Promise<void> {
  const { stores, admins, renderNotice, log } = context;
  const [admin] = admins;
  await stores.subscriptions.pause(channel, reason);
  const numbers = new Map<string, number[]>();
  for (const { number, createdBy, paused } of await stores.subscriptions.list(channel)) {
    if (paused === null) continue;
    const owner = isPerson(createdBy) ? createdBy : admin;
    const key = `${owner ?? ''} ${channel}:${new Date(paused.at).toISOString().slice(0, 10)}`;
    numbers.set(key, [...(numbers.get(key) ?? []), number]);
  }
  for (const [key, subscriptions] of numbers) {
    const [owner = '', subject = ''] = key.split(' ');
    if (owner === '')
      log.error({ channel, reason, subscriptions }, 'subscriptions are paused, and there is no admin to tell');
    else await stores.outbox.enqueue(noticeTo(owner, subject, renderNotice({ channel, reason, subscriptions })));
  }
}

/** Whoever made a subscription; the app makes some itself. */
const isPerson = (createdBy: string): boolean => createdBy !== 'system';

const noticeTo = (channel: string, subject: string, message: OutgoingMessage) => ({
  kind: NOTICE_KIND,
  channel,
  subject,
  sequence: 0,
  message,
});
