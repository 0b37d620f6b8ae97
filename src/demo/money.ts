import type { Rng } from '../core/simulate/rng.ts';
import { logNormal } from '../core/simulate/samplers.ts';
import type { Day } from './calendar.ts';
import { hexText, timedUuidText } from './ids.ts';
import type { Account, People, Visitor } from './people.ts';
import { isoText, type Scene } from './scene.ts';

const HOUR_MS = 3_600_000;
/** Share of submitted checkouts that become an order. */
export const ORDER_RATE = 0.94;

/** A one-off order, in major units; it carries an order id, so that it is not taken for monthly revenue. */
export function placeOrder(scene: Scene, { account, member }: Visitor, since: number): void {
  const { rng } = scene;
  if (!rng.chance(ORDER_RATE)) return;
  const at = since + 1200 + rng.below(4000);
  scene.emit(at, {
    ts: at,
    source: 'app',
    type: 'revenue',
    account: account.name,
    user: member.user,
    surface: '/checkout',
    value: Math.round(logNormal(rng, 210, 0.9) * 100) / 100,
    id: `evt_${hexText(rng, 16)}`,
    meta: {
      event: 'order_placed',
      order_id: `LS-${10_000 + rng.below(90_000)}-${hexText(rng, 4)}`,
      plan: account.plan,
      env: 'prod',
    },
  });
}

/** Subscriptions: every paying account renews once a month, new ones start on the day they join. */
export function playRenewals(people: People, day: Day, rng: Rng, emit: Scene['emit']): void {
  const dayOfMonth = Number(day.date.slice(8));
  for (const account of people.accounts) {
    const starts = account.joined === day.index;
    const renews = account.billingDay === dayOfMonth && account.joined < day.index && day.index < account.churned;
    if (account.mrr === 0 || !(starts || renews)) continue;
    const at = day.start + Math.round((starts ? 9 + rng.next() * 8 : 2 + rng.next()) * HOUR_MS);
    emit(at, {
      ts: at,
      source: 'app',
      type: 'revenue',
      account: account.name,
      value: account.mrr,
      id: `in_${hexText(rng, 20)}`,
      meta: { event: starts ? 'subscription_started' : 'subscription_renewed', plan: account.plan, env: 'prod' },
    });
  }
}

/** People who sign up on this day, each with the campaign that brought some of them. */
export function playSignups(people: People, day: Day, rng: Rng, emit: Scene['emit']): void {
  for (const { account, member } of people.joinersOf(day.index)) {
    const at = day.start + Math.round((8 + rng.next() * 11) * HOUR_MS);
    emit(at, {
      ts: isoText(at),
      source: 'posthog',
      type: 'signup',
      account: account.name,
      user: member.user,
      surface: '/signup',
      id: timedUuidText(rng, at),
      meta: {
        event: 'user_signed_up',
        plan: account.plan,
        platform: 'web',
        env: 'prod',
        invited: isInvited(account, member.user),
      },
    });
  }
}

function isInvited(account: Account, user: string): boolean {
  return account.members[0]?.user !== user;
}
