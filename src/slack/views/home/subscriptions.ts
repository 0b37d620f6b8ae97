import type { HomeModel } from '../../../core/delivery/home-model.ts';
import type { Subscription } from '../../../core/delivery/subscription.ts';
import { describeSubscription } from '../../../core/delivery/subscription-words.ts';
import { formatDay, formatMoment } from '../../../core/facts/render.ts';
import type { JsonObject } from '../../../core/records.ts';
import { dateInZone } from '../../../core/window.ts';
import { SLASH_COMMAND } from '../../ids.ts';
import { quote } from '../../mrkdwn.ts';
import { context, header, section } from '../elements.ts';
import { placeOf, whyPaused } from '../paused-channel.ts';
import { cutNote, shownAt } from './lists.ts';

const SHOWN = 8;
const WORDS = 160;

/** What is told where and when next, and what is paused and why. */
export function buildSubscriptions({ subscriptions, timezone }: HomeModel, scale: number): JsonObject[] {
  const title = header('Subscriptions');
  if (subscriptions.length === 0)
    return [title, section(`None yet. In a channel, \`${SLASH_COMMAND} subscribe\` brings the daily digest there.`)];
  const shown = subscriptions.slice(0, shownAt(scale, SHOWN));
  const note = cutNote(shown.length, subscriptions.length, 'subscription');
  return [
    title,
    section(shown.map((one) => lineOf(one, timezone, scale)).join('\n')),
    context(
      `${note === null ? '' : `${note} `}\`${SLASH_COMMAND} unsubscribe ${shown[0]?.number ?? 1}\` ends one, \`${SLASH_COMMAND} subscribe\` makes one.`,
    ),
  ];
}

function lineOf(subscription: Subscription, timezone: string, scale: number): string {
  const { number, channel } = subscription;
  const what = quote(describeSubscription(subscription), Math.max(40, Math.round(WORDS * scale)));
  return `*${number} · ${what}* in ${placeOf(channel)}\n${whenNext(subscription, timezone)}`;
}

function whenNext({ paused, schedule, nextDueAt }: Subscription, timezone: string): string {
  if (paused !== null) {
    const { why, fix } = whyPaused(paused.reason);
    return `Paused since ${formatDay(dateInZone(paused.at, timezone))}: ${why}. ${fix}`;
  }
  if (schedule === null) return 'As they come.';
  if (nextDueAt === null) return 'No next time is known.';
  return `Next ${formatMoment(nextDueAt, schedule.zone)} ${quote(schedule.zone, 60)}.`;
}
