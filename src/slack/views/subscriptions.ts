import type { Subscription } from '../../core/delivery/subscription.ts';
import { describeSchedule, describeSubscription } from '../../core/delivery/subscription-words.ts';
import { countOf, formatMoment } from '../../core/facts/render.ts';
import type { JsonObject } from '../../core/records.ts';
import { ACTIONS, SLASH_COMMAND } from '../ids.ts';
import { clip, escapeEntities, oneLine, quote } from '../mrkdwn.ts';
import { actions, button, context, section } from './elements.ts';
import type { Rendered } from './notice.ts';

const SHOWN = 20;
const WORDS = 300;
const PLAIN_WORDS = 100;

/** Why Slack did not take a channel's messages, and what to do about it. */
const PAUSED: Readonly<Record<string, string>> = {
  not_in_channel: 'Seepass is not in the channel; invite it there to go on',
  is_archived: 'the channel is archived',
  channel_not_found: 'the channel is gone, or Seepass may not see it any more',
  token_revoked: 'the Slack token was revoked; the app has to be installed again',
  account_inactive: 'the Slack app was removed; it has to be installed again',
  shared: 'the channel is shared with another company; an admin can allow it in SEEPASS_CHANNELS',
  not_listed: 'the channel is not listed in SEEPASS_CHANNELS',
};

/** What a channel is told, by number, and when next. @param timezone the workspace's: of what has no zone of its own. */
export function buildSubscriptions(subscriptions: readonly Subscription[], here: string, timezone: string): Rendered {
  if (subscriptions.length === 0)
    return {
      text: 'This channel is told nothing yet.',
      blocks: [section('*This channel is told nothing yet.*'), context(HOW), actions([subscribeButton('Subscribe')])],
    };
  const shown = subscriptions.slice(0, SHOWN);
  const hidden = subscriptions.length - shown.length;
  return {
    text: `${countOf(subscriptions.length, 'subscription')}: ${shown.map(plainLine).join('; ')}`,
    blocks: [
      section(`*${countOf(subscriptions.length, 'subscription')}*`),
      ...shown.map((one) => line(one, here, timezone)),
      ...(hidden > 0 ? [context(`${hidden} more; end some to see them.`)] : []),
      actions([subscribeButton('Subscribe to more')]),
    ],
  };
}

const HOW = `For example \`${SLASH_COMMAND} subscribe digest weekdays at 9\`, or \`${SLASH_COMMAND} subscribe alerts high\`.`;

const subscribeButton = (label: string): JsonObject =>
  button(label, {
    actionId: ACTIONS.openSubscribe,
    value: 'open',
    describedAs: 'Open the form to subscribe a channel',
  });

/** For notifications and screen readers, which read no formatting. */
const plainLine = (one: Subscription): string =>
  escapeEntities(clip(oneLine(`#${one.number} ${describeSubscription(one)}`), PLAIN_WORDS));

function line(one: Subscription, here: string, timezone: string): JsonObject {
  const place = one.channel === here ? '' : ` in ${mentionOf(one.channel)}`;
  return section(
    `*#${one.number}* ${quote(describeSubscription(one), WORDS)}${place}\n${whenOf(one, timezone)}`,
    button('Unsubscribe', {
      actionId: ACTIONS.endSubscription,
      value: String(one.number),
      describedAs: `End subscription ${one.number}`,
      confirm: {
        title: `End #${one.number}?`,
        text: 'Nothing more of it is posted. You can subscribe again at any time.',
        confirm: 'Unsubscribe',
      },
    }),
  );
}

function whenOf({ schedule, paused, nextDueAt }: Subscription, timezone: string): string {
  if (paused) {
    const why = PAUSED[paused.reason] ?? `Slack said ${quote(paused.reason, 60)}`;
    return `Paused since ${formatMoment(paused.at, schedule?.zone ?? timezone)}: ${why}`;
  }
  if (schedule === null) return 'As things break';
  const next = nextDueAt === null ? '' : ` · next ${formatMoment(nextDueAt, schedule.zone)}`;
  return `${capital(describeSchedule(schedule))}${next}`;
}

/** What was subscribed to, for the person who did. */
export function buildSubscribed(one: Subscription, here: string): Rendered {
  const words = describeSubscription(one);
  const place = one.channel === here ? 'here' : `in ${mentionOf(one.channel)}`;
  const when =
    one.schedule === null || one.nextDueAt === null
      ? 'as things break'
      : `${describeSchedule(one.schedule)}. Next: ${formatMoment(one.nextDueAt, one.schedule.zone)}`;
  return {
    text: `Subscribed: ${plainLine(one)}`,
    blocks: [
      section(`*Subscribed.* #${one.number} ${quote(words, WORDS)}, ${place}, ${when}.`),
      context(
        [
          `\`${SLASH_COMMAND} unsubscribe ${one.number}\` ends it`,
          ...(one.kind === 'digest' || one.kind === 'weekly'
            ? [`\`${SLASH_COMMAND} preview ${one.number}\` shows it now`]
            : []),
        ].join(' · '),
      ),
    ],
  };
}

/** What was ended, for the person who did. */
export function buildUnsubscribed(one: Subscription, here: string): Rendered {
  const place = one.channel === here ? 'here' : `in ${mentionOf(one.channel)}`;
  const words = describeSubscription(one);
  return {
    text: `Ended: ${plainLine(one)}`,
    blocks: [section(`*Ended.* #${one.number} ${quote(words, WORDS)} is not posted ${place} any more.`)],
  };
}

/** Where no form opens by itself: in a conversation. */
export const buildSubscribeInvitation = (): Rendered => ({
  text: 'What should this channel be told, and when?',
  blocks: [
    section('What should this channel be told, and when?'),
    context(HOW),
    actions([subscribeButton('Open the form')]),
  ],
});

/** Above a digest that is shown before its time. @param day as people read it. */
export const buildPreview = (digest: Rendered, name: string, day: string): Rendered => ({
  text: `Preview: ${digest.text}`,
  blocks: [
    context(`Preview of ${quote(name, WORDS)}, for you alone: as if it left now, from ${day}, the latest judged day.`),
    ...digest.blocks,
  ],
});

const mentionOf = (channel: string): string => (/^[UW]/.test(channel) ? `<@${channel}>` : `<#${channel}>`);
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
