import type { ActingWork } from './acting-work.ts';
import type { Judging, ThreadInput } from './cycle-thread.ts';
import type { HourlyWork } from './hourly-work.ts';
import type { CycleSteps } from './pipeline/cycle-desk.ts';

export interface CycleStepsOptions {
  hourly: Pick<HourlyWork, 'observe' | 'correct'>;
  judging: Pick<Judging, 'runCycle'>;
  /** @param asOf epoch ms that what is judged is stamped with. */
  threadInput(asOf: number): Promise<ThreadInput>;
  /** Words the day's first priorities. */
  explain(date: string): Promise<unknown>;
  assessIncidents(): Promise<{ written: number }>;
  assessDay(date: string): Promise<{ written: number; kept: number }>;
  proposeForDay(date: string): Promise<void>;
  acting: Pick<ActingWork, 'beat' | 'settled'>;
  /** Sends what is in the outbox now. */
  deliver(): Promise<unknown>;
}

/** The same work as every hour and every morning, a step at a time, for whoever asks for it. */
export function createCycleSteps(options: CycleStepsOptions): CycleSteps {
  const { hourly, judging, threadInput, explain, assessIncidents, assessDay, proposeForDay, acting, deliver } = options;
  return {
    observe: hourly.observe,

    async judge(asOf) {
      // First what digests have told of and late data changed, so that their threads say so.
      await hourly.correct(asOf);
      const { days } = await judging.runCycle({ ...(await threadInput(asOf)), chosen: undefined });
      const day = days.at(-1);
      if (day === undefined) throw new RangeError('one day is always judged');
      await explain(day.date);
      return day;
    },

    async assess(date) {
      const incidents = await assessIncidents();
      const { written, kept } = await assessDay(date);
      return { written: written + incidents.written, kept };
    },

    propose: proposeForDay,

    async act() {
      await acting.beat();
      await acting.settled();
      // What ended meanwhile is shown, and then sent.
      await acting.beat();
      await deliver();
    },
  };
}
