/** One try at one message: post, reply or update it, and note what came of it. */
import { nextAttemptAt } from '../core/delivery/retry.ts';
import { ConflictError } from '../errors.ts';
import { DeliveryError } from './delivery-error.ts';
import type { Clock, Log, Messenger, OutboxItem, OutboxStore, ParentMessage } from './ports.ts';

/** How long nothing is tried after the platform refused the app as a whole. */
export const HOLD_MS = 300_000;

export interface AttemptContext {
  stores: { outbox: OutboxStore };
  messenger: Messenger;
  /** Names this process; a lease belongs to one owner. */
  owner: string;
  clock: Clock;
  log: Log;
  /**
   * Told of a channel that takes no messages any more, before what waits for it fails; may be told again of the same.
   * Left out, only the log says so.
   */
  onChannelTrouble?: (trouble: DeliveryTrouble) => Promise<void>;
}

/** A channel that takes no messages of ours, and the message it did not take. */
export interface DeliveryTrouble {
  channel: string;
  /** The platform's own code, such as `not_in_channel`. */
  reason: string;
  item: OutboxItem;
}

/** `refused`: by a platform that takes nothing from us now. */
export type Outcome = 'sent' | 'waiting' | 'failed' | 'uncertain' | 'refused';

/** @throws what is no answer of the platform's, such as a database that is down. */
export async function attempt(context: AttemptContext, item: OutboxItem): Promise<Outcome> {
  const { stores, owner, log } = context;
  try {
    const ts = await send(context, item);
    await stores.outbox.markSent(item.id, owner, ts);
    log.info({ ...about(item), attempts: item.attempts, ts }, 'message posted');
    return 'sent';
  } catch (error) {
    return await noted(context, item, error);
  }
}

async function noted(context: AttemptContext, item: OutboxItem, error: unknown): Promise<Outcome> {
  try {
    // The database, not the platform: the lease runs out and the next claim looks for the message first.
    if (!(error instanceof DeliveryError)) throw error;
    if (error.blames === 'workspace') return await holdAll(context, item, error);
    if (error.retryAfterMs !== null) return await putOff(context, item, error, error.retryAfterMs);
    return await tryLaterOrGiveUp(context, item, error);
  } catch (lost) {
    if (!(lost instanceof ConflictError)) throw lost;
    context.log.warn(about(item), 'another process took this message over; it looks for it before posting');
    return 'waiting';
  }
}

/** Nothing was posted, and nothing will be before somebody mends it: the messages wait, and the log says it once. */
async function holdAll(context: AttemptContext, item: OutboxItem, error: DeliveryError): Promise<Outcome> {
  const { stores, owner, clock, log } = context;
  const until = clock() + HOLD_MS;
  await stores.outbox.postpone(item.id, owner, error.line, { until, mayBePosted: item.mayBePosted });
  if (await stores.outbox.hold(error.reason ?? 'refused', until))
    log.error({ reason: error.reason }, `Slack takes no messages from Seepass; they wait: ${error.line}`);
  return 'refused';
}

/** Slack's limits of posting are a channel's own: others go on. */
async function putOff(context: AttemptContext, item: OutboxItem, error: DeliveryError, ms: number): Promise<Outcome> {
  const { stores, owner, clock, log } = context;
  const until = clock() + ms;
  await stores.outbox.holdChannel(item.channel, until);
  await stores.outbox.postpone(item.id, owner, error.line, { until, mayBePosted: item.mayBePosted });
  log.warn({ ...about(item), reason: error.reason, retryAt: until }, `message put off: ${error.line}`);
  return 'waiting';
}

async function tryLaterOrGiveUp(context: AttemptContext, item: OutboxItem, error: DeliveryError): Promise<Outcome> {
  const { stores, owner, clock, log } = context;
  const { failure, blames, reason, line } = error;
  const words = { ...about(item), reason };
  const isOver = failure === 'permanent' || failure === 'unknowable';
  const mayBePosted = failure === 'ambiguous';
  const retryAt = isOver ? null : nextAttemptAt(clock(), item.attempts, mayBePosted);
  if (retryAt !== null) {
    await stores.outbox.markNotSent(item.id, owner, line, { retryAt, mayBePosted });
    log.warn({ ...words, retryAt }, `message not posted yet: ${line}`);
    return 'waiting';
  }
  if (blames === 'channel') await tellOfChannel(context, item, error);
  if (failure === 'ambiguous' || failure === 'unknowable') {
    await stores.outbox.markUncertain(item.id, owner, line);
    log.error(words, `message may have been posted, and is not tried again: ${line}`);
    return 'uncertain';
  }
  await stores.outbox.markNotSent(item.id, owner, line, { retryAt: null, mayBePosted });
  // People may delete what they like: nothing to mend.
  log[blames === 'parent' ? 'info' : 'error'](words, `message not posted, and not tried again: ${line}`);
  return 'failed';
}

async function tellOfChannel(context: AttemptContext, item: OutboxItem, error: DeliveryError): Promise<void> {
  const { channel } = item;
  await context.onChannelTrouble?.({ channel, reason: error.reason ?? 'refused', item });
  const failed = await context.stores.outbox.failChannel(channel, error.line);
  if (failed > 0) context.log.error({ channel, failed, reason: error.reason }, 'what waited for this channel failed');
}

/** Returns the ts of the message that is there now. */
async function send(context: AttemptContext, item: OutboxItem): Promise<string> {
  if (item.operation === 'post') return postOnce(context.messenger, item);
  const thread = item.parent.ts ?? (await findParent(context, item.channel, item.parent));
  if (item.operation === 'reply') return postOnce(context.messenger, item, thread);
  await context.messenger.update(item.channel, thread, item.message, item.parent.id);
  return thread;
}

/** Looks before it posts where an earlier attempt may have got through. */
async function postOnce(messenger: Messenger, item: OutboxItem, thread?: string): Promise<string> {
  const where = { since: item.createdAt, ...(thread === undefined ? {} : { thread }) };
  const look = () => messenger.findByKey(item.channel, item.id, where);
  if (item.mayBePosted) {
    const posted = await look().catch(unlooked);
    if (posted) return posted;
  }
  try {
    return await messenger.post(item.channel, item.message, item.id, thread);
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.failure !== 'ambiguous') throw error;
    const posted = await look().catch(() => undefined);
    if (posted) return posted;
    throw error;
  }
}

/** What could not be looked for may be there: twice is worse than once too few. */
function unlooked(error: unknown): never {
  if (!(error instanceof DeliveryError) || error.blames === 'workspace' || error.retryAfterMs !== null) throw error;
  const { failure, blames, reason } = error;
  throw new DeliveryError(
    failure === 'permanent' ? 'unknowable' : 'ambiguous',
    `It may have been posted already, and Seepass could not look for it. ${error.message}`,
    { blames, cause: error, ...(reason === null ? {} : { reason }), ...(error.fix ? { fix: error.fix } : {}) },
  );
}

/** A parent nobody could tell of may be found by now; it is never posted again. */
async function findParent(context: AttemptContext, channel: string, parent: ParentMessage): Promise<string> {
  const found = await context.messenger.findByKey(channel, parent.id, { since: parent.createdAt });
  if (found === undefined)
    throw new DeliveryError('permanent', 'The message it belongs to is not in the channel.', {
      reason: 'parent_not_found',
      blames: 'parent',
    });
  await context.stores.outbox.markFound(parent.id, found);
  return found;
}

const about = ({ id, kind, operation, channel, subject }: OutboxItem): object => ({
  outbox: id,
  kind,
  operation,
  channel,
  subject,
});
