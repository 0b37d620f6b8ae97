/** Whether Seepass may post in a channel by itself: channels are shared, and lists change, after they were subscribed. */
import { channelForbidden, type Forbidden } from '../core/policy/channel-policy.ts';
import type { Channels } from './subscribe.ts';

export interface PostingPolicy {
  channels: Pick<Channels, 'describe'>;
  /** Channels that may be posted to, by id or name; empty for all but shared ones. */
  listed: readonly string[];
  /** Pauses what the channel asked for; its owners are told why. Safe to repeat. */
  pause(channel: string, reason: Forbidden | 'is_archived'): Promise<void>;
}

/** Why nothing of ours may be in a channel; null where it may, and where Slack does not say what the channel is. */
export async function whyForbidden(
  { channels, listed }: Pick<PostingPolicy, 'channels' | 'listed'>,
  channel: string,
): Promise<Forbidden | null> {
  const facts = await channels.describe(channel);
  return facts && channelForbidden(facts, listed);
}

/**
 * Why a message of ours would reach nobody there: what forbids it, or that Seepass cannot post in it. Null where it may
 * try, and for people, who are told directly.
 */
export async function whyOutOfReach(
  { channels, listed }: Pick<PostingPolicy, 'channels' | 'listed'>,
  channel: string,
): Promise<Forbidden | 'is_archived' | 'not_in_channel' | null> {
  const facts = await channels.describe(channel);
  if (facts === null || facts.isDirect) return null;
  return (
    channelForbidden(facts, listed) ??
    (facts.isArchived ? 'is_archived' : null) ??
    (facts.hasApp ? null : 'not_in_channel')
  );
}

/**
 * Asked before every post. A channel that was shared since, or is not listed now, is paused.
 * @returns true as well where Slack does not say what the channel is.
 */
export async function mayPost(policy: PostingPolicy, channel: string): Promise<boolean> {
  const forbidden = await whyForbidden(policy, channel);
  if (forbidden === null) return true;
  await policy.pause(channel, forbidden);
  return false;
}
