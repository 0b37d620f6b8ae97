/** What the configured channel gets without anybody asking. */
import { nextDue } from '../../core/delivery/schedule.ts';
import type { Schedule } from '../../core/delivery/subscription.ts';
import type { AlertDefaults } from '../../core/delivery/wish.ts';
import type { NewSubscription, SubscriptionStore } from '../subscriptions.ts';

/** A digest missed by up to this much is posted at the first start. */
const CATCH_UP_MS = 12 * 3_600_000;

/**
 * The digest, alerts, and the digest of the week on Mondays, unless the channel ever had a subscription.
 * @param options `now` in epoch milliseconds; `catchUp` posts today's digest where its time has just gone by; `alerts` is
 * what admins set for alerts that say nothing of it.
 */
export async function ensureDefaultSubscriptions(
  subscriptions: Pick<SubscriptionStore, 'everIn' | 'add'>,
  channel: string,
  { schedule, now, catchUp, alerts }: { schedule: Schedule; now: number; catchUp: boolean; alerts: AlertDefaults },
): Promise<void> {
  if (await subscriptions.everIn(channel)) return;
  const plain = {
    channel,
    surfaces: [],
    severity: 'low',
    question: null,
    quiet: null,
    weeklyBudget: alerts.weeklyBudget,
  } as const;
  // On the channel's clock, as those that people ask for.
  const quiet = alerts.quiet && { ...alerts.quiet, zone: schedule.zone };
  const monday = { ...schedule, weekdays: [1] };
  const defaults: NewSubscription[] = [
    { ...plain, kind: 'digest', schedule, nextDueAt: nextDue(schedule, catchUp ? now - CATCH_UP_MS : now) },
    { ...plain, kind: 'alerts', quiet, schedule: null, nextDueAt: null },
    { ...plain, kind: 'weekly', schedule: monday, nextDueAt: nextDue(monday, now) },
  ];
  for (const subscription of defaults) await subscriptions.add(subscription, 'system');
}
