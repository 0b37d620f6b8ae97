import type { PausedChannel } from '../../core/delivery/paused-channel.ts';
import type { Forbidden } from '../../core/policy/channel-policy.ts';
import { SLASH_COMMAND } from '../ids.ts';
import { quote } from '../mrkdwn.ts';
import { buildNotice, type Rendered } from './notice.ts';

/** Why nothing gets there, and what brings it back. */
const REASONS: Readonly<Record<string, { why: string; fix: string }>> = {
  not_in_channel: {
    why: 'I am not a member of it any more',
    fix: 'Invite me there with `/invite @Seepass` to go on.',
  },
  channel_not_found: {
    why: 'Slack does not know it, or I was removed from it',
    fix: `Invite me there with \`/invite @Seepass\` to go on; if it is gone, subscribe another channel with \`${SLASH_COMMAND} subscribe\`.`,
  },
  is_archived: {
    why: 'it is archived',
    fix: 'Take it out of the archive to go on, or subscribe another channel.',
  },
  shared: {
    why: 'it is shared with another company, and nobody has allowed that',
    fix: `It goes on when it is not shared any more; or an admin lists it in \`SEEPASS_CHANNELS\`, then say \`${SLASH_COMMAND} subscribe\` there.`,
  },
  not_listed: {
    why: 'it is not among the channels I may post to',
    fix: `An admin can add it to \`SEEPASS_CHANNELS\`; then say \`${SLASH_COMMAND} subscribe\` there.`,
  },
};

/** Why a channel gets no messages, by Slack's own code or our policy's, and what brings them back. */
export const whyPaused = (reason: string): { why: string; fix: string } =>
  REASONS[reason] ?? {
    why: `Slack says ${quote(reason, 60)}`,
    fix: `When that is mended, say \`${SLASH_COMMAND} subscribe\` there.`,
  };

/** Told to the owner of a channel's subscriptions when it gets no messages any more. */
export function buildPausedChannel({ channel, reason, subscriptions }: PausedChannel): Rendered {
  const { why, fix } = whyPaused(reason);
  const numbers = subscriptions.map((number) => `#${number}`).join(', ');
  const what =
    subscriptions.length === 1 ? `Your subscription ${numbers} there is` : `Your subscriptions ${numbers} there are`;
  return buildNotice(`I cannot post in ${placeOf(channel)}: ${why}. ${what} paused. ${fix}`);
}

/** For whoever presses a button in a channel that nothing may be shown in any more. */
export function buildForbiddenHere(reason: Forbidden): Rendered {
  const { why, fix } = whyPaused(reason);
  return buildNotice(`I show nothing in this channel any more: ${why}. What it asked for is paused. ${fix}`);
}

/** Slack shows a channel by its id, and a person's direct messages not at all. */
export function placeOf(channel: string): string {
  if (/^[CG][A-Z0-9]{5,}$/.test(channel)) return `<#${channel}>`;
  return /^[DUW][A-Z0-9]{5,}$/.test(channel) ? 'our direct messages' : quote(channel, 80);
}
