import { type Correction, correctionsOf } from '../core/delivery/compare-told.ts';
import { DIGEST_ITEMS } from '../core/delivery/digest-model.ts';
import { holdBack } from '../core/delivery/hold-back.ts';
import { createMuteFinder } from '../core/delivery/mute.ts';
import { toldOf } from '../core/delivery/told.ts';
import { addDays, judgedDate } from '../core/window.ts';
import { DIGEST_KIND } from './digest-message.ts';
import { dueSubject } from './due/due-subject.ts';
import type { Log, OutgoingMessage, Stores } from './ports.ts';
import type { PostedDigest } from './subscriptions.ts';

export const CORRECTION_KIND = 'correction';
/** Days after a digest in which late data still corrects it, and how often at most: a trickle is not news by the hour. */
const CORRECTED_DAYS = 3;
const MOST_CORRECTIONS = 3;

export interface CorrectDigestsOptions {
  stores: Pick<Stores, 'rollups' | 'priorities' | 'digests' | 'subscriptions' | 'mutes' | 'outbox'>;
  /** Epoch milliseconds. */
  asOf: number;
  /** IANA zone of the workspace. */
  timezone: string;
  /** ISO 4217. */
  currency: string;
  /** Judges a day anew, stamped as it was before. */
  rejudge(date: string, asOf: number): Promise<void>;
  renderCorrection(date: string, corrections: readonly Correction[]): OutgoingMessage;
  log: Log;
}

/**
 * Judges the last days anew where data came late, and says in the thread of each of their digests what now reads
 * differently. Safe to repeat: a correction is posted once, whoever finds it.
 * @returns days judged anew, and digests corrected.
 */
export async function correctDigests(options: CorrectDigestsOptions): Promise<{ days: number; corrected: number }> {
  const { stores, asOf, timezone, rejudge, log } = options;
  const last = judgedDate(asOf, timezone);
  const range = { start: addDays(last, 1 - CORRECTED_DAYS), end: addDays(last, 1) };
  let days = 0;
  for (const date of await stores.rollups.listDirtyDates(range)) {
    const judged = await stores.priorities.findDay(date);
    if (!judged) continue;
    await rejudge(date, judged.as_of);
    days += 1;
  }
  // Every digest of these days and not only of those judged now: whoever judged them may have been killed before this.
  const kinds = new Map((await stores.subscriptions.list()).map((subscription) => [subscription.id, subscription]));
  let corrected = 0;
  for (const digest of await stores.digests.listForDates(range)) {
    const subscription = kinds.get(digest.subscriptionId);
    // A paused channel may not be one that is posted to.
    if (subscription?.kind !== 'digest' || subscription.paused !== null) continue;
    if (digest.corrections >= MOST_CORRECTIONS) continue;
    if (await correct(options, digest, subscription)) corrected += 1;
  }
  if (days > 0 || corrected > 0) log.info({ days, corrected }, 'late data was taken in');
  return { days, corrected };
}

async function correct(
  { stores, timezone, currency, renderCorrection }: CorrectDigestsOptions,
  digest: PostedDigest,
  reader: Parameters<typeof holdBack>[1],
): Promise<boolean> {
  const { id, channel, date, dueAt, corrections } = digest;
  const findMute = createMuteFinder(await stores.mutes.list(dueAt), dueAt);
  const { told: priorities } = holdBack(await stores.priorities.listPriorities(date), reader, findMute);
  const now = toldOf(date, priorities, { timezone, currency });
  const changed = correctionsOf(digest.told, now, DIGEST_ITEMS);
  // A rank alone also moves when people vote; no figure was wrong then.
  if (!changed.some(({ kind }) => kind !== 'rank')) return false;
  const subject = dueSubject(digest.subscriptionId, dueAt);
  await stores.outbox.enqueue({
    kind: CORRECTION_KIND,
    channel,
    subject,
    sequence: corrections + 1,
    message: renderCorrection(date, changed),
    operation: 'reply',
    parent: { kind: DIGEST_KIND, subject },
  });
  return stores.digests.correct(id, corrections, now);
}
