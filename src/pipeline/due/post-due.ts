/** Posts what is due: claims it, lets its poster put it into the outbox, and moves it on. */
import { latestDue, nextDue } from '../../core/delivery/schedule.ts';
import type { Schedule, Subscription, SubscriptionKind } from '../../core/delivery/subscription.ts';
import { gather } from '../gather.ts';
import type { Clock, Log } from '../ports.ts';
import type { DueSubscription, Step, SubscriptionStore } from '../subscriptions.ts';

/**
 * Puts a subscription's post of a due time (epoch ms) into the outbox, under a key made of both: whatever is done twice
 * is posted once.
 */
export type Poster = (subscription: Subscription, dueAt: number) => Promise<void>;
export type Posters = Readonly<Record<Exclude<SubscriptionKind, 'alerts'>, Poster>>;

export interface DueContext {
  subscriptions: Pick<SubscriptionStore, 'claimDue' | 'defer' | 'advance'>;
  posters: Posters;
  /** Names this process. */
  owner: string;
  clock: Clock;
  log: Log;
  /** Once aborted, nothing more is begun; what was claimed is taken up again when its lease is over. */
  stopping?: AbortSignal;
}

export interface DueReport {
  posted: number;
  /** Too late to be of use: the app was down. */
  skipped: number;
  /** Tried again later. */
  failed: number;
  /** Failed for too long; the next one is due as ever. */
  givenUp: number;
}

const BATCH = 64;
/** Posts worked on at once: what they write in the same breath is written at once. */
const WORKERS = 16;
/** What a killed process held is free after this. A slower post may be done twice, under the same key. */
const LEASE_MS = 120_000;
const HOUR_MS = 3_600_000;
const LATE_MS = 12 * HOUR_MS;
const TRIED_MS = HOUR_MS;
const FIRST_WAIT_MS = 60_000;

/**
 * Takes every subscription that is due to its next post. Of posts missed while the app was down only the latest is made
 * up for, at most twelve hours late. One that fails waits for twice as long as it has been tried, a minute at first,
 * keeps nobody else waiting, and is given up for this time after an hour.
 * @throws only what claiming throws.
 */
export async function postDue(context: DueContext): Promise<DueReport> {
  const report: DueReport = { posted: 0, skipped: 0, failed: 0, givenUp: 0 };
  const { subscriptions, owner, stopping } = context;
  const advance = gather(async (steps: readonly Step[]) => {
    await subscriptions.advance(steps);
    return new Map(steps.map((step) => [step, true]));
  });
  while (stopping?.aborted !== true) {
    const batch = await subscriptions.claimDue(owner, LEASE_MS, BATCH);
    const waiting = batch.values();
    const worker = async (): Promise<void> => {
      for (const due of waiting) {
        if (stopping?.aborted === true) break;
        report[await postOne({ ...context, advance }, due)] += 1;
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, worker));
    if (batch.length < BATCH) break;
  }
  return report;
}

type PostContext = DueContext & { advance(step: Step): Promise<unknown> };

async function postOne(context: PostContext, due: DueSubscription): Promise<keyof DueReport> {
  const { subscriptions, posters, advance, owner, clock, log } = context;
  const { id, kind, schedule, channel, nextDueAt } = due;
  const about = { subscription: id, kind, channel, dueAt: new Date(nextDueAt).toISOString() };
  try {
    if (kind === 'alerts' || schedule === null) {
      await advance({ id, dueAt: nextDueAt, nextDueAt: null });
      return 'skipped';
    }
    const dueAt = Math.max(nextDueAt, latestDue(schedule, clock()));
    const isLate = clock() - dueAt > LATE_MS;
    if (isLate) log.warn(about, 'a post was missed while the app was down, and is too late to be of use');
    else await posters[kind](due, dueAt);
    await advance({ id, dueAt: nextDueAt, nextDueAt: nextDue(schedule, dueAt) });
    return isLate ? 'skipped' : 'posted';
  } catch (error) {
    return await failed(error);
  }

  /** The database may be what failed: then the lease runs out by itself. */
  async function failed(err: unknown): Promise<'failed' | 'givenUp'> {
    const tried = clock() - due.triedSince;
    const isOver = tried >= TRIED_MS && schedule !== null;
    if (isOver) log.error({ ...about, err }, 'a post failed for an hour; the next one is due as ever');
    else log.warn({ ...about, err }, 'a post failed; trying again');
    try {
      if (isOver) await advance({ id, dueAt: nextDueAt, nextDueAt: nextAfter(schedule, nextDueAt, clock()) });
      else await subscriptions.defer(id, owner, nextDueAt, clock() + Math.max(FIRST_WAIT_MS, tried));
    } catch (error) {
      log.warn({ ...about, err: error }, 'could not note that a post failed; its lease runs out');
    }
    return isOver ? 'givenUp' : 'failed';
  }
}

/** The first one that was not tried yet. */
const nextAfter = (schedule: Schedule, dueAt: number, now: number): number =>
  nextDue(schedule, Math.max(dueAt, latestDue(schedule, now)));
