import type { DigestModel } from '../core/delivery/digest-model.ts';
import { nextAttemptAt } from '../core/delivery/retry.ts';
import { ConflictError } from '../errors.ts';
import { DeliveryError } from './delivery-error.ts';
import { buildDigest, type DigestContext } from './digest.ts';
import type { Clock, Log, Messenger, OutboxItem, OutboxStore, OutgoingMessage } from './ports.ts';

export const DIGEST_KIND = 'digest';
/** Longer than posting and looking can take together, so that no second process starts while one is at it. */
export const LEASE_MS = 120_000;
const BATCH = 20;

/** Turns a digest into a message; the views live with the platform. */
export type DigestRenderer = (model: DigestModel) => OutgoingMessage;

/**
 * Puts the digest of a judged day into the outbox, once per channel and day however often it is called.
 * @returns false when it was there already, and nothing was changed.
 * @throws SeepassError `not_found` when that day was never judged.
 */
export async function enqueueDigest(
  context: DigestContext & { renderDigest: DigestRenderer },
  target: { channel: string; date: string },
): Promise<boolean> {
  const { outbox } = context.stores;
  if (await outbox.find(DIGEST_KIND, target.channel, target.date)) return false;
  const message = context.renderDigest(await buildDigest(context, target.date));
  return outbox.enqueue({ kind: DIGEST_KIND, channel: target.channel, subject: target.date, sequence: 0, message });
}

export interface DeliveryContext {
  stores: { outbox: OutboxStore };
  messenger: Messenger;
  /** Names this process; a lease belongs to one owner. */
  owner: string;
  clock: Clock;
  log: Log;
}

export interface DeliveryReport {
  sent: number;
  /** Due again later. */
  waiting: number;
  /** Given up, each with its reason in the outbox and the log. */
  failed: number;
}

/**
 * Posts what is due in the outbox, each message once: a message is claimed before it is posted, and a
 * message that may have been posted already is looked for in its channel first.
 */
export async function deliverOutbox(context: DeliveryContext): Promise<DeliveryReport> {
  const report: DeliveryReport = { sent: 0, waiting: 0, failed: 0 };
  for (let item = await claimOne(context); item; item = await claimOne(context)) {
    report[await deliver(context, item)] += 1;
    if (report.sent + report.waiting + report.failed >= BATCH) break;
  }
  return report;
}

/** One at a time, so that a lease covers one message and not the wait for those before it. */
async function claimOne({ stores, owner }: DeliveryContext): Promise<OutboxItem | undefined> {
  return (await stores.outbox.claim(owner, LEASE_MS, 1))[0];
}

async function deliver(context: DeliveryContext, item: OutboxItem): Promise<keyof DeliveryReport> {
  const { stores, owner, clock, log } = context;
  const about = { outbox: item.id, kind: item.kind, channel: item.channel, subject: item.subject };
  try {
    const ts = await postOnce(context, item);
    await stores.outbox.markSent(item.id, owner, ts);
    log.info({ ...about, attempts: item.attempts, ts }, 'message posted');
    return 'sent';
  } catch (error) {
    if (error instanceof ConflictError) {
      log.warn(about, 'another process took this message over; it looks for it before posting');
      return 'waiting';
    }
    // The database, not the platform: the lease runs out and the next claim looks for the message first.
    if (!(error instanceof DeliveryError)) throw error;
    const retryAt = error.failure === 'permanent' ? null : nextAttemptAt(clock(), item.attempts, error.retryAfterMs);
    await stores.outbox.markNotSent(item.id, owner, error.line, retryAt);
    if (retryAt === null) {
      log.error({ ...about, reason: error.reason }, `message not posted, and not tried again: ${error.line}`);
      return 'failed';
    }
    log.warn({ ...about, reason: error.reason, retryAt }, `message not posted yet: ${error.line}`);
    return 'waiting';
  }
}

/** Returns the ts of the one message; looks before it posts whenever an earlier attempt may have got through. */
async function postOnce({ messenger }: DeliveryContext, item: OutboxItem): Promise<string> {
  const key = item.id;
  if (item.attempts > 1) {
    const posted = await look(messenger, item);
    if (posted) return posted;
  }
  try {
    return await messenger.post(item.channel, item.message, key);
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.failure !== 'ambiguous') throw error;
    const posted = await look(messenger, item).catch(() => undefined);
    if (posted) return posted;
    throw error;
  }
}

/** Without the right to read the channel nobody can tell, and twice is worse than once too few. */
async function look(messenger: Messenger, item: OutboxItem): Promise<string | undefined> {
  try {
    return await messenger.findByKey(item.channel, item.id);
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.reason !== 'missing_scope') throw error;
    throw new DeliveryError('permanent', 'It may have been posted already, and Seepass may not look in the channel.', {
      reason: 'uncertain',
      fix: 'Grant channels:history and groups:history, as in manifest.yml.',
      cause: error,
    });
  }
}
