import type { Config } from './config.ts';
import type { Judging, ThreadInput } from './cycle-thread.ts';
import { aggregateHours } from './pipeline/aggregate-hours.ts';
import { ANSWERS_KEPT_DAYS } from './pipeline/answers.ts';
import { correctDigests } from './pipeline/correct-digests.ts';
import { beatIncidents } from './pipeline/incidents/beat.ts';
import type { IncidentContext } from './pipeline/incidents/context.ts';
import { followIncidents } from './pipeline/incidents/follow.ts';
import type { HoursReport } from './pipeline/judge-hours.ts';
import type { Clock, Log, Stores } from './pipeline/ports.ts';
import { buildCorrection } from './slack/views/correction.ts';

const DAY_MS = 86_400_000;

export interface HourlyWorkOptions {
  config: Pick<Config, 'hours' | 'timezone' | 'currency'>;
  stores: Stores;
  judging: Judging;
  /** Read anew each time: what an admin chose holds from then on. */
  incidentContext(): Promise<IncidentContext>;
  /** @param asOf epoch ms that what is judged is stamped with. */
  threadInput(asOf: number): Promise<ThreadInput>;
  /** Looks into incidents that opened or got worse; never fails for one that cannot be looked into. */
  assessIncidents(): Promise<unknown>;
  /** Sends what is in the outbox now. */
  deliver(): Promise<unknown>;
  clock: Clock;
  log: Log;
}

export interface HourlyWork {
  /** Aggregates, judges and follows the hours, and alerts. Safe to repeat. */
  observe(asOf: number): Promise<HoursReport>;
  /** Judges anew the posted days that late data changed, and says so. Safe to repeat. */
  correct(asOf: number): Promise<void>;
  /** Aggregates, judges and follows the hours, alerts, and corrects what late data changed. Safe to repeat. */
  run(asOf: number): Promise<void>;
  /** What time alone brings to incidents between the hours. Safe to repeat. */
  beat(): Promise<void>;
}

/** What a process does each hour, and for incidents in between. */
export function createHourlyWork(options: HourlyWorkOptions): HourlyWork {
  const { config, stores, judging, incidentContext, threadInput, assessIncidents, deliver, clock, log } = options;
  const { hours, timezone, currency } = config;

  async function observe(asOf: number): Promise<HoursReport> {
    await aggregateHours({ ...hours, hours: stores.hours, asOf, timezone, clock, log });
    const report = await judging.judgeHours({ ...(await threadInput(asOf)), settleMinutes: hours.settleMinutes });
    await followIncidents(await incidentContext());
    await deliver();
    return report;
  }

  async function correct(asOf: number): Promise<void> {
    await correctDigests({
      ...{ stores, asOf, timezone, currency, log },
      rejudge: async (date, stamped) => {
        await judging.runCycle({ ...(await threadInput(stamped)), chosen: { first: date, last: date } });
      },
      renderCorrection: buildCorrection,
    });
  }

  async function forget(asOf: number): Promise<void> {
    const forgotten = await stores.answers.prune(asOf - ANSWERS_KEPT_DAYS * DAY_MS);
    if (forgotten > 0) log.info({ forgotten }, 'old receipts, gaps and threads are forgotten');
  }

  return {
    observe,
    correct,

    async run(asOf) {
      await observe(asOf);
      await assessIncidents();
      await deliver();
      await correct(asOf);
      await forget(asOf);
    },

    async beat() {
      await beatIncidents(await incidentContext(), clock());
    },
  };
}
