import type { ActingWork } from './acting-work.ts';
import type { Judging, ThreadInput } from './cycle-thread.ts';
import type { DayWork } from './day-work.ts';
import type { HourlyWork } from './hourly-work.ts';
import type { CycleSteps } from './pipeline/cycle-desk.ts';

export interface CycleStepsOptions {
  hourly: Pick<HourlyWork, 'observe' | 'correct'>;
  judging: Pick<Judging, 'runCycle'>;
  /** @param asOf epoch ms that what is judged is stamped with. */
  threadInput(asOf: number): Promise<ThreadInput>;
  day: Pick<DayWork, 'explain' | 'assess' | 'propose' | 'assessIncidents'>;
  acting: Pick<ActingWork, 'beat' | 'settled'>;
  /** Sends what is in the outbox now. */
  deliver(): Promise<unknown>;
}

/** The same work as every hour and every morning, a step at a time, for whoever asks for it. */
export function createCycleSteps(options: CycleStepsOptions): CycleSteps {
  const { hourly, day, judging, threadInput, acting, deliver } = options;
  return {
    observe: hourly.observe,

    async judge(asOf) {
      // First what digests have told of and late data changed, so that their threads say so.
      await hourly.correct(asOf);
      const { days } = await judging.runCycle({ ...(await threadInput(asOf)), chosen: undefined });
      const judged = days.at(-1);
      if (judged === undefined) throw new RangeError('one day is always judged');
      await day.explain(judged.date);
      return judged;
    },

    async assess(date) {
      const incidents = await day.assessIncidents();
      const { written, kept } = await day.assess(date);
      return { written: written + incidents.written, kept };
    },

    propose: day.propose,

    async act() {
      await acting.beat();
      await acting.settled();
      // What ended meanwhile is shown, and then sent.
      await acting.beat();
      await deliver();
    },
  };
}
