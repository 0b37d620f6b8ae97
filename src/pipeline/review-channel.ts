/** A channel that became another: shared with a company, renamed, archived, or none of that any more. */
import { channelForbidden } from '../core/policy/channel-policy.ts';
import type { Log } from './ports.ts';
import type { PostingPolicy } from './posting-policy.ts';
import type { Channels } from './subscribe.ts';
import type { SubscriptionStore } from './subscriptions.ts';

export interface ChannelReview {
  posting: PostingPolicy & { channels: Pick<Channels, 'describe' | 'forget'> };
  subscriptions: Pick<SubscriptionStore, 'list' | 'resume'>;
  log: Log;
}

/** Pauses that end with what they were made for; for others somebody has to invite the app again. */
const OURS: ReadonlySet<string> = new Set(['shared', 'not_listed', 'is_archived']);

/**
 * Looks at a channel anew: where it may not be posted to now, what it asked for is paused and its owners are told; where it
 * was paused for that alone and may be posted to again, all goes on. Safe to repeat.
 */
export async function reviewChannel({ posting, subscriptions, log }: ChannelReview, channel: string): Promise<void> {
  posting.channels.forget(channel);
  const asked = await subscriptions.list(channel);
  if (asked.length === 0) return;
  const facts = await posting.channels.describe(channel);
  if (facts === null) return;
  const reason = facts.isArchived ? 'is_archived' : channelForbidden(facts, posting.listed);
  if (reason !== null) {
    await posting.pause(channel, reason);
    log.info({ channel, reason }, 'a channel may not be posted to any more');
    return;
  }
  const reasons = asked.flatMap(({ paused }) => paused?.reason ?? []);
  if (reasons.length === 0 || !facts.hasApp || !reasons.every((each) => OURS.has(each))) return;
  await subscriptions.resume(channel, 'system');
  log.info({ channel }, 'a channel may be posted to again: what was paused goes on');
}
