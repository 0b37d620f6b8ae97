import { createTask, type ScheduledTask, schedule } from 'node-cron';
import type { Clock, JobStore, Log } from './pipeline/ports.ts';

const MINUTE = 60_000;
/** A tick older than this is history, not a missed job: four days cover a long weekend. */
const MISSED_TICK_MINUTES = 4 * 24 * 60;
/** Kept while a job runs; a job whose process was killed is taken over this much later. */
const LEASE_MS = MINUTE;

/** Something to run once per tick, stamped with the time it was scheduled for. */
export interface Job {
  readonly name: string;
  /** Five fields, in the scheduler's zone. */
  readonly cron: string;
  /** `asOf` is the scheduled time in epoch milliseconds, however late the run is. */
  run(asOf: number): Promise<void>;
}

export interface Scheduler {
  /** Runs what is due, waiting for it; called every minute, and by tests. */
  beat(): Promise<void>;
  stop(): Promise<void>;
}

export interface SchedulerOptions {
  readonly jobs: readonly Job[];
  readonly timezone: string;
  readonly store: JobStore;
  /** Names this process in the job table. */
  readonly owner: string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Every minute, runs each job's latest tick unless somebody has: so a tick on time, a tick missed while
 * the app was down, and a tick whose runner died all take the same path, and two processes run it once.
 */
export function startScheduler(options: SchedulerOptions): Scheduler {
  const planned = options.jobs.map((job) => ({ job, ticks: createTickFinder(job.cron, options.timezone) }));
  let beating: Promise<void> = Promise.resolve();

  const beat = (): Promise<void> => {
    beating = beating.then(async () => {
      for (const { job, ticks } of planned) {
        const tick = ticks.latest(options.clock());
        if (tick !== undefined) await runTick(job, tick, options);
      }
    });
    return beating;
  };

  const heart = schedule('* * * * *', beat, {
    timezone: options.timezone,
    noOverlap: true,
    suppressMissedWarning: true,
  });
  void beat();
  return {
    beat,
    async stop() {
      await heart.destroy();
      await beating;
      for (const { ticks } of planned) await ticks.task.destroy();
    },
  };
}

async function runTick(job: Job, scheduledFor: number, { store, owner, log }: SchedulerOptions): Promise<void> {
  const details = { job: job.name, scheduledFor: new Date(scheduledFor).toISOString() };
  try {
    if (!(await store.claim(job.name, scheduledFor, owner, LEASE_MS))) return;
  } catch (error) {
    log.error({ ...details, err: error }, 'could not claim the tick; trying again in a minute');
    return;
  }
  log.info(details, 'job started');
  const keepLease = setInterval(() => {
    store
      .extend(job.name, scheduledFor, owner, LEASE_MS)
      .catch((error: unknown) => log.warn({ ...details, err: error }, 'could not extend the lease'));
  }, LEASE_MS / 3);
  try {
    await job.run(scheduledFor);
    await store.finish(job.name, scheduledFor, owner, null);
    log.info(details, 'job done');
  } catch (error) {
    log.error({ ...details, err: error }, 'job failed; trying again in a minute');
    const reason = error instanceof Error ? error.message : String(error);
    await store
      .finish(job.name, scheduledFor, owner, reason)
      .catch((err: unknown) => log.error({ ...details, err }, 'could not note the failure'));
  } finally {
    clearInterval(keepLease);
  }
}

interface TickFinder {
  readonly task: ScheduledTask;
  /** The latest tick at or before `now` (epoch ms), within the missed-tick horizon. */
  latest(now: number): number | undefined;
}

/** Walks minutes backwards with node-cron's own matcher, each minute once: zones and DST stay its business. */
function createTickFinder(cron: string, timezone: string): TickFinder {
  const task = createTask(cron, () => undefined, { timezone, suppressMissedWarning: true });
  let seenUntil: number | undefined;
  let found: number | undefined;
  return {
    task,
    latest(now) {
      const minute = Math.floor(now / MINUTE) * MINUTE;
      const horizon = minute - MISSED_TICK_MINUTES * MINUTE;
      const from = Math.max(seenUntil ?? horizon, horizon);
      for (let at = minute; at > from; at -= MINUTE) {
        if (!task.match(new Date(at))) continue;
        found = at;
        break;
      }
      seenUntil = minute;
      return found !== undefined && found > horizon ? found : undefined;
    },
  };
}
