/** Whether an incident is posted in a channel, or why it is held. */
import { isAtLeast } from '../delivery/hold-back.ts';
import { createMuteFinder, type Mute } from '../delivery/mute.ts';
import { isQuiet } from '../delivery/quiet-hours.ts';
import type { Subscription } from '../delivery/subscription.ts';
import { createSurfaceMatcher } from '../delivery/surface-pattern.ts';
import type { HeldReason } from '../delivery/told.ts';
import type { HourlyMetricId } from '../detect/hours/hourly-finding.ts';
import type { Severity } from '../records.ts';
import type { Incident } from './incident.ts';

/** Of the week's budget: small alerts leave the rest of it to larger ones. High severity always passes. */
const BUDGET_SHARE: Readonly<Record<Severity, number>> = { high: Number.POSITIVE_INFINITY, medium: 1, low: 0.6 };
/** Of a page's errors: muting an error mutes the pages that have hardly any other. */
const MUTED_FROM = 0.5;
export const BUDGET_DAYS = 7;

export interface AlertSetting {
  /** In force or not. */
  mutes: readonly Mute[];
  /** Metrics whose alerts are told in digests only. */
  demoted: ReadonlySet<HourlyMetricId>;
  /** Alerts posted in the channel in the last seven days, this one not counted. */
  postedThisWeek: number;
  /** Epoch milliseconds. */
  at: number;
}

/** From the first reason that is looked at to the last: how far an incident got. */
const ORDER: readonly HeldReason[] = [
  'paused',
  'not_subscribed',
  'below_severity',
  'ignored',
  'snoozed',
  'rule_demoted',
  'quiet_hours',
  'budget',
];

/** Null where it is posted. */
export function whyHeld(incident: Incident, subscription: Subscription, setting: AlertSetting): HeldReason | null {
  const { severity, members, snoozedUntil } = incident;
  const { mutes, demoted, postedThisWeek, at } = setting;
  if (subscription.paused !== null) return 'paused';
  if (!isSubscribed(incident, subscription)) return 'not_subscribed';
  if (!isAtLeast(severity, subscription.severity)) return 'below_severity';
  const muted = muteOf(incident, mutes, at);
  if (muted) return muted;
  if (snoozedUntil !== null && snoozedUntil > at) return 'snoozed';
  if (members.every(({ metric }) => demoted.has(metric))) return 'rule_demoted';
  if (severity !== 'high' && subscription.quiet !== null && isQuiet(subscription.quiet, at)) return 'quiet_hours';
  return postedThisWeek < subscription.weeklyBudget * BUDGET_SHARE[severity] || severity === 'high' ? null : 'budget';
}

/** Of several subscriptions of a channel one is enough; else the reason of the one that was nearest to posting. */
export function whyHeldInChannel(
  incident: Incident,
  subscriptions: readonly Subscription[],
  setting: AlertSetting,
): HeldReason | null {
  const reasons = subscriptions.map((subscription) => whyHeld(incident, subscription, setting));
  if (reasons.includes(null)) return null;
  return [...ORDER].reverse().find((reason) => reasons.includes(reason)) ?? 'not_subscribed';
}

/**
 * What a person or the clock takes away is gone, and the incident is posted after all. A spent budget and a demoted rule
 * leave it to the digest, unless it has become worse since.
 */
export const isFinal = (held: HeldReason): boolean => held === 'budget' || held === 'rule_demoted';

function isSubscribed({ members }: Incident, { surfaces }: Subscription): boolean {
  const patterns = surfaces.map(createSurfaceMatcher);
  return patterns.length === 0 || members.some(({ surface }) => patterns.some((matches) => matches(surface)));
}

/** Where each page outside normal is muted, or the one error that they have. */
function muteOf({ members, picture }: Incident, mutes: readonly Mute[], at: number): 'ignored' | 'snoozed' | null {
  const find = createMuteFinder(mutes, at);
  const { signature, cause } = picture;
  const error =
    cause?.by === 'error_signature' ? cause.value : (signature?.share ?? 0) >= MUTED_FROM ? signature?.name : undefined;
  const ofError =
    error === undefined || (cause !== null && cause.members < members.length)
      ? undefined
      : find('error_signature', error);
  const open = members.filter(({ recovered }) => !recovered);
  const found = (open.length > 0 ? open : members).map(({ surface }) => ofError ?? find('surface', surface));
  if (found.some((mute) => mute === undefined)) return null;
  return found.every((mute) => mute?.until === null) ? 'ignored' : 'snoozed';
}
