import type { Subscription } from '../../core/delivery/subscription.ts';
import type { SubscriptionStore } from '../subscriptions.ts';

/** By channel, those that ask for alerts. */
export async function readChannels({
  subscriptions,
}: {
  subscriptions: Pick<SubscriptionStore, 'list'>;
}): Promise<Map<string, Subscription[]>> {
  const channels = new Map<string, Subscription[]>();
  for (const one of await subscriptions.list()) {
    if (one.kind !== 'alerts') continue;
    const known = channels.get(one.channel);
    if (known) known.push(one);
    else channels.set(one.channel, [one]);
  }
  return channels;
}
