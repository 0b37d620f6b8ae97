/** Judges a day once, and the days before it that nobody asked for, however many processes and subscriptions need it. */
import { ConflictError } from '../../errors.ts';
import type { JobStore, Log } from '../ports.ts';

const JOB = 'judge';
/** Kept while a day is judged; a killed process's day is taken over this much later. */
const LEASE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Days without a digest, as of a weekend, are judged with the next one; older ones are history. */
const MOST_MISSED = 6;

interface DayJudging {
  jobs: JobStore;
  /** Names this process. */
  owner: string;
  log: Log;
  /** @param date YYYY-MM-DD. @param asOf epoch ms the judgement is stamped with. */
  judge(date: string, asOf: number): Promise<void>;
}

/**
 * Makes what judges a day unless that was done; whoever asks meanwhile in this process waits for the same.
 * @returns a function that throws ConflictError while another process is at it, and what `judge` threw: then the day is
 * free again.
 */
export function createDayJudge(judging: DayJudging): DayJudging['judge'] {
  const running = new Map<string, Promise<void>>();
  return (date, asOf) => {
    const known = running.get(date);
    if (known) return known;
    const work = judgeOnce(judging, date, asOf).finally(() => running.delete(date));
    running.set(date, work);
    return work;
  };
}

async function judgeOnce({ jobs, owner, log, judge }: DayJudging, date: string, asOf: number): Promise<void> {
  const tick = Date.parse(`${date}T00:00:00Z`);
  if (!(await jobs.claim(JOB, tick, owner, LEASE_MS))) {
    const last = await jobs.lastDone(JOB);
    if (last !== undefined && last >= tick) return;
    throw new ConflictError(`${date} is being judged by another process.`);
  }
  const keepLease = setInterval(() => {
    jobs
      .extend(JOB, tick, owner, LEASE_MS)
      .catch((err: unknown) => log.warn({ date, err }, 'could not extend the lease of a day that is judged'));
  }, LEASE_MS / 3);
  try {
    for (const missed of missedDays(await jobs.lastDone(JOB), tick)) await judge(missed, asOf);
    await judge(date, asOf);
    await jobs.finish(JOB, tick, owner, null);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await jobs
      .finish(JOB, tick, owner, reason)
      .catch((err: unknown) => log.warn({ date, err }, 'could not note that a day was not judged'));
    throw error;
  } finally {
    clearInterval(keepLease);
  }
}

/** Between the last judged day and this one, oldest first; before the first one there is nothing to make up for. */
function missedDays(last: number | undefined, tick: number): string[] {
  const missed = last === undefined ? 0 : Math.min(MOST_MISSED, Math.round((tick - last) / DAY_MS) - 1);
  return Array.from({ length: Math.max(0, missed) }, (_, index) =>
    new Date(tick - (missed - index) * DAY_MS).toISOString().slice(0, 10),
  );
}
