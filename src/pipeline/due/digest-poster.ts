/** Digests of subscriptions: daily, and of the week. */

import type { DigestModel } from '../../core/delivery/digest-model.ts';
import type { Subscription } from '../../core/delivery/subscription.ts';
import type { WeeklyModel } from '../../core/delivery/weekly-model.ts';
import { judgedDate } from '../../core/window.ts';
import { buildDigest, type DigestContext } from '../digest.ts';
import { DIGEST_KIND, type DigestRenderer } from '../digest-message.ts';
import { readDigestReader } from '../digest-reader.ts';
import type { OutgoingMessage } from '../ports.ts';
import { buildWeekly } from '../weekly.ts';
import { dayOfDigest, dueSubject, readDueSubject } from './due-subject.ts';
import type { Poster } from './post-due.ts';
import { createTeller, type Teller, tellOnce } from './tell-once.ts';
import { digestsDueAt, readToldBeside } from './told-beside.ts';

export const WEEKLY_KIND = 'weekly';

export interface DigestPosting extends DigestContext {
  renderDigest: DigestRenderer;
  /** Sees to it that a day (YYYY-MM-DD) is judged and explained. @param asOf epoch ms the judgement is stamped with. */
  prepareDay(date: string, asOf: number): Promise<void>;
}

/** The digest of the last complete day of the workspace when it is due; what channels have in common is made once. */
export function createDigestPoster(posting: DigestPosting): Poster {
  const tell = tellOnce(createTeller(posting));
  return async (subscription, dueAt) => {
    const { stores, timezone } = posting;
    const subject = dueSubject(subscription.id, dueAt);
    if (await stores.outbox.find(DIGEST_KIND, subscription.channel, subject)) return;
    const date = judgedDate(dueAt, timezone);
    await posting.prepareDay(date, dueAt);
    await enqueueDigestOf(posting, subscription, dueAt, tell);
  };
}

export interface WeeklyPosting extends DigestPosting {
  renderWeekly(model: WeeklyModel): OutgoingMessage;
}

/**
 * The digest of the seven days that end with the last complete one when it is due. What a day's digest tells in the same
 * minute goes first, as it is what a morning is for, and is not repeated: the same key posts it once, whoever is at it.
 */
export function createWeeklyPoster(posting: WeeklyPosting): Poster {
  const postDigest = createDigestPoster(posting);
  return async (subscription, dueAt) => {
    const { outbox } = posting.stores;
    const { id, channel } = subscription;
    const subject = dueSubject(id, dueAt);
    if (await outbox.find(WEEKLY_KIND, channel, subject)) return;
    await posting.prepareDay(judgedDate(dueAt, posting.timezone), dueAt);
    for (const digest of await digestsDueAt(posting.stores, channel, dueAt)) await postDigest(digest, dueAt);
    const told = await readToldBeside(posting.stores, channel, dueAt);
    const message = posting.renderWeekly(await buildWeekly(posting, subscription, dueAt, told));
    await outbox.enqueue({ kind: WEEKLY_KIND, channel, subject, sequence: 0, message });
  };
}

/**
 * Puts a subscription's digest of a due time (epoch ms) into the outbox, and keeps what it told, once.
 * @throws SeepassError `not_found` when the day was never judged.
 */
export async function enqueueDigestOf(
  context: DigestContext & { renderDigest: DigestRenderer },
  subscription: Subscription,
  dueAt: number,
  tell: Teller = createTeller(context),
): Promise<void> {
  const { stores, timezone } = context;
  const { id: subscriptionId, channel } = subscription;
  const date = judgedDate(dueAt, timezone);
  const reader = await readDigestReader(stores, subscription, { at: dueAt, date });
  const { message, told } = await tell({ at: dueAt, date }, reader);
  await stores.digests.put({ subscriptionId, channel, dueAt, date, told });
  const subject = dueSubject(subscriptionId, dueAt);
  await stores.outbox.enqueue({ kind: DIGEST_KIND, channel, subject, sequence: 0, message });
}

/** A posted digest, by its subject, with the decisions made since. @throws SeepassError `not_found` when it was not judged. */
export async function rebuildDigest(context: DigestContext, subject: string): Promise<DigestModel> {
  const date = dayOfDigest(subject, context.timezone);
  const due = readDueSubject(subject);
  const subscription = due && (await context.stores.subscriptions.get(due.subscriptionId));
  if (!due || !subscription) return buildDigest(context, date);
  return buildDigest(context, date, await readDigestReader(context.stores, subscription, { at: due.dueAt, date }));
}
