import { channelForbidden } from '../../core/policy/channel-policy.ts';
import type { Channels } from '../subscribe.ts';
import type { SubscriptionStore } from '../subscriptions.ts';
import type { Poster } from './post-due.ts';

export interface PostingPolicy {
  channels: Pick<Channels, 'describe'>;
  /** Channels that may be posted to, by id or name; empty for all but shared ones. */
  listed: readonly string[];
  subscriptions: Pick<SubscriptionStore, 'pause'>;
}

/** Pauses what a channel asked for where it may not be posted to any more: it was shared since, or is not listed now. */
export function withinPolicy({ channels, listed, subscriptions }: PostingPolicy, poster: Poster): Poster {
  return async (subscription, dueAt) => {
    const facts = await channels.describe(subscription.channel);
    const forbidden = facts && channelForbidden(facts, listed);
    if (forbidden) await subscriptions.pause(subscription.channel, forbidden);
    else await poster(subscription, dueAt);
  };
}
