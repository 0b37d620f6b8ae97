/** Several processes of the app, of which some are killed while they work, and followed by fresh ones. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Rng } from '../../src/core/simulate/rng.ts';
import { AppProcess, type Order } from './app-process.ts';

/** Of a process in a beat. */
const DIES = 0.01;
/** Of what a beat took lately: a kill comes within so much of it, and now and then just after. */
const KILLED_WITHIN = 1.1;

interface Member {
  process: AppProcess;
  /** Not while it starts: the others go on without it. */
  isReady: boolean;
  starting: Promise<void>;
}

export interface Crew {
  /** All that are ready work at once, and people meanwhile. */
  beat(order: Order, meanwhile: () => Promise<unknown>): Promise<void>;
  readonly kills: number;
  /** What processes said of what failed in them, and of their own deaths, in words. */
  readonly faults: readonly string[];
  stop(): Promise<void>;
}

export interface CrewOptions {
  size: number;
  settings: Readonly<Record<string, string>>;
  database: string;
  random: Rng;
}

export async function startCrew({ size, settings, database, random }: CrewOptions, now: number): Promise<Crew> {
  const prepare = (): Promise<AppProcess> => AppProcess.prepare(settings, database);
  const faults: string[] = [];
  const members: Member[] = [];
  let kills = 0;
  let usualMs = 100;
  let spare = prepare();

  const fill = (member: Member, at: number): void => {
    member.isReady = false;
    member.starting = spare.then(async (fresh) => {
      member.process = fresh;
      spare = prepare();
      await fresh.start(at);
      member.isReady = true;
    });
  };
  const kill = async (member: Member, at: number): Promise<void> => {
    await delay(random.next() * KILLED_WITHIN * usualMs);
    await member.process.kill();
    kills += 1;
    fill(member, at);
  };
  for (let n = 0; n < size; n += 1) {
    const member: Member = { process: await spare, isReady: false, starting: Promise.resolve() };
    fill(member, now);
    await member.starting;
    members.push(member);
  }

  return {
    async beat(order, meanwhile) {
      if (!members.some(({ isReady }) => isReady)) await Promise.race(members.map(({ starting }) => starting));
      const ready = members.filter(({ isReady }) => isReady);
      const doomed = ready.filter(() => random.chance(DIES));
      const works = ready.map((member) => ({ isDoomed: doomed.includes(member), ...member.process.work(order) }));
      const began = performance.now();
      const killing = doomed.map((member) => kill(member, order.now));
      await Promise.all(works.map(({ begun }) => begun));
      await meanwhile();
      for (const { done, isDoomed } of works) {
        const said = await done;
        if (said === null && !isDoomed) faults.push('a process ended by itself');
        faults.push(...(said ?? []));
      }
      usualMs = 0.9 * usualMs + 0.1 * (performance.now() - began);
      await Promise.all(killing);
    },
    get kills() {
      return kills;
    },
    faults,
    async stop() {
      await Promise.all(members.map(({ starting }) => starting));
      await Promise.all([spare, ...members.map(({ process }) => process)].map(async (one) => (await one).kill()));
    },
  };
}
