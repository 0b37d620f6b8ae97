import { afterEach, describe, expect, it } from 'vitest';
import type { JobStore } from '../src/pipeline/ports.ts';
import { type Scheduler, startScheduler } from '../src/scheduler.ts';
import { silentLog } from './support/silent-log.ts';

const BERLIN = 'Europe/Berlin';
const berlin = (local: string, offset: string): number => Date.parse(`${local}:00${offset}`);

/** The job table as a map: what two schedulers on one database share. */
function createJobStore(clock: () => number): JobStore & { done: Set<string> } {
  const leases = new Map<string, { owner: string; until: number }>();
  const done = new Set<string>();
  const key = (job: string, at: number) => `${job} ${at}`;
  return {
    done,
    async claim(job, at, owner, leaseMs) {
      const lease = leases.get(key(job, at));
      if (done.has(key(job, at)) || (lease && lease.until > clock())) return false;
      leases.set(key(job, at), { owner, until: clock() + leaseMs });
      return true;
    },
    async extend(job, at, owner, leaseMs) {
      leases.set(key(job, at), { owner, until: clock() + leaseMs });
    },
    async finish(job, at, _owner, error) {
      leases.delete(key(job, at));
      if (error === null) done.add(key(job, at));
    },
    async release(job, at) {
      leases.delete(key(job, at));
    },
    async holder() {
      return undefined;
    },
    async lastDone() {
      return undefined;
    },
  };
}

describe('the scheduler', () => {
  const running: Scheduler[] = [];
  afterEach(() => Promise.all(running.splice(0).map((scheduler) => scheduler.stop())));

  function start(options: {
    cron: string;
    clock: () => number;
    store?: JobStore;
    run: (asOf: number) => Promise<void>;
    owner?: string;
  }): Scheduler {
    const { cron, clock, run, owner = 'one', store = createJobStore(clock) } = options;
    const scheduler = startScheduler({
      jobs: [{ name: 'digest', cron, run }],
      timezone: BERLIN,
      store,
      owner,
      clock,
      log: silentLog,
    });
    running.push(scheduler);
    return scheduler;
  }

  it('stamps a job with the time it was scheduled for, not the time it ran', async () => {
    const ran: number[] = [];
    await start({
      cron: '0 9 * * 1-5',
      clock: () => berlin('2026-01-30T09:04', '+01:00'),
      run: async (asOf) => void ran.push(asOf),
    }).beat();
    expect(ran).toEqual([berlin('2026-01-30T09:00', '+01:00')]);
  });

  it('runs a missed tick once on start, and only the latest', async () => {
    const ran: number[] = [];
    const scheduler = start({
      cron: '0 9 * * 1-5',
      clock: () => berlin('2026-02-01T20:00', '+01:00'),
      run: async (asOf) => void ran.push(asOf),
    });
    await scheduler.beat();
    await scheduler.beat();
    expect(ran).toEqual([berlin('2026-01-30T09:00', '+01:00')]);
  });

  it('leaves a tick alone that is older than a long weekend', async () => {
    const ran: number[] = [];
    await start({
      cron: '0 9 1 1 *',
      clock: () => berlin('2026-01-20T20:00', '+01:00'),
      run: async (asOf) => void ran.push(asOf),
    }).beat();
    expect(ran).toEqual([]);
  });

  it('finds new ticks as the clock goes on', async () => {
    let now = berlin('2026-01-29T10:00', '+01:00');
    const ran: number[] = [];
    const scheduler = start({ cron: '0 9 * * *', clock: () => now, run: async (asOf) => void ran.push(asOf) });
    await scheduler.beat();
    now = berlin('2026-01-30T08:59', '+01:00');
    await scheduler.beat();
    now = berlin('2026-01-30T09:00', '+01:00');
    await scheduler.beat();
    expect(ran).toEqual([berlin('2026-01-29T09:00', '+01:00'), berlin('2026-01-30T09:00', '+01:00')]);
  });

  it('lets two processes on one database run a tick once', async () => {
    const clock = () => berlin('2026-01-30T09:00', '+01:00');
    const store = createJobStore(clock);
    const ran: string[] = [];
    const schedulers = ['one', 'two'].map((owner) =>
      start({ cron: '0 9 * * *', clock, store, owner, run: async () => void ran.push(owner) }),
    );
    await Promise.all(schedulers.map((scheduler) => scheduler.beat()));
    expect(ran).toHaveLength(1);
  });

  it('tries a failed job again at the next beat', async () => {
    let attempts = 0;
    const scheduler = start({
      cron: '0 9 * * *',
      clock: () => berlin('2026-01-30T09:00', '+01:00'),
      run: async () => {
        attempts += 1;
        if (attempts === 1) throw new Error('the database was away');
      },
    });
    await scheduler.beat();
    await scheduler.beat();
    await scheduler.beat();
    expect(attempts).toBe(2);
  });

  it('keeps 09:00 local across the change of the clock', async () => {
    for (const [local, offset] of [
      ['2026-03-28T09:00', '+01:00'],
      ['2026-03-29T09:00', '+02:00'],
    ] as const) {
      const ran: number[] = [];
      await start({
        cron: '0 9 * * *',
        clock: () => berlin(local, offset),
        run: async (asOf) => void ran.push(asOf),
      }).beat();
      expect(ran).toEqual([berlin(local, offset)]);
    }
  });
});
