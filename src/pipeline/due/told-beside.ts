/** What a channel's digests of the same minute told, so that the digest of the week does not repeat it. */
import { DIGEST_ITEMS } from '../../core/delivery/digest-model.ts';
import { latestDue } from '../../core/delivery/schedule.ts';
import type { Subscription } from '../../core/delivery/subscription.ts';
import { digestSince } from '../digest-reader.ts';
import type { Stores } from '../ports.ts';
import { NOTHING_TOLD, type ToldBefore } from '../weekly.ts';

/** The channel's running digests that are due at an instant (epoch ms) and not moved on from it yet. */
export async function digestsDueAt(
  { subscriptions }: Pick<Stores, 'subscriptions'>,
  channel: string,
  dueAt: number,
): Promise<Subscription[]> {
  const here = await subscriptions.list(channel);
  return here.filter(
    ({ kind, paused, schedule, nextDueAt }) =>
      kind === 'digest' &&
      paused === null &&
      schedule !== null &&
      nextDueAt !== null &&
      nextDueAt <= dueAt &&
      latestDue(schedule, dueAt) === dueAt,
  );
}

/** What the channel's digests of an instant (epoch ms) showed, and since when they said what was done. */
export async function readToldBeside(
  { subscriptions, digests }: Pick<Stores, 'subscriptions' | 'digests'>,
  channel: string,
  dueAt: number,
): Promise<ToldBefore> {
  const told: ToldBefore = { ...NOTHING_TOLD, items: [] };
  for (const { id, kind } of await subscriptions.list(channel)) {
    const posted = kind === 'digest' ? await digests.find(id, dueAt) : undefined;
    if (!posted) continue;
    const { date, items } = posted.told;
    const shown = items.filter(({ rank }) => rank <= DIGEST_ITEMS).map((item) => ({ ...item, date }));
    const since = digestSince(await digests.latestBefore(id, dueAt), dueAt);
    told.items = [...told.items, ...shown];
    told.doneSince = Math.min(told.doneSince, since);
  }
  return told;
}
