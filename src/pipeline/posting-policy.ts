/** Whether Seepass may post in a channel by itself: channels are shared, and lists change, after they were subscribed. */
import { channelForbidden } from '../core/policy/channel-policy.ts';
import type { Channels } from './subscribe.ts';

export interface PostingPolicy {
  channels: Pick<Channels, 'describe'>;
  /** Channels that may be posted to, by id or name; empty for all but shared ones. */
  listed: readonly string[];
  /** Pauses what the channel asked for; its owners are told why. Safe to repeat. */
  pause(channel: string, reason: 'shared' | 'not_listed'): Promise<void>;
}

/**
 * Asked before every post. A channel that was shared since, or is not listed now, is paused.
 * @returns true as well where Slack does not say what the channel is.
 */
export async function mayPost({ channels, listed, pause }: PostingPolicy, channel: string): Promise<boolean> {
  const facts = await channels.describe(channel);
  const forbidden = facts && channelForbidden(facts, listed);
  if (forbidden === null) return true;
  await pause(channel, forbidden);
  return false;
}
