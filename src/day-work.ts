import { assessContext } from './assessing.ts';
import type { Config } from './config.ts';
import { DIGEST_ITEMS } from './core/delivery/digest-model.ts';
import type { Judging, ThreadInput } from './cycle-thread.ts';
import type { ModelUse } from './model-use.ts';
import { assessDay } from './pipeline/assess/assess-day.ts';
import { assessIncidents } from './pipeline/assess/assess-incidents.ts';
import { type AssessDesk, createAssessDesk } from './pipeline/assess/desk.ts';
import { proposeForDay, proposeForIncident } from './pipeline/assess/propose.ts';
import { explainDay, templateExplainer } from './pipeline/explain.ts';
import type { Clock, Log, Stores } from './pipeline/ports.ts';
import type { ProposalDesk } from './pipeline/proposal-desk.ts';

/** Priorities of a day that are assessed before anybody asks. */
const ASSESSED = 3;

export interface DayWorkOptions {
  config: Pick<Config, 'timezone' | 'currency'>;
  stores: Stores;
  judging: Pick<Judging, 'runCycle'>;
  /** @param asOf epoch ms that what is judged is stamped with. */
  threadInput(asOf: number): Promise<ThreadInput>;
  /** Null leaves the words to the templates. */
  model: ModelUse | null;
  proposals: Pick<ProposalDesk, 'propose'>;
  clock: Clock;
  log: Log;
}

/** What a process does about a day that is over, and about incidents once they were followed. Each is safe to repeat. */
export interface DayWork {
  /** Judges the day, words its first priorities, looks into them and proposes what may be done. */
  judge(date: string, asOf: number): Promise<void>;
  /** Words the day's first priorities. */
  explain(date: string): Promise<unknown>;
  assess(date: string): Promise<{ written: number; kept: number }>;
  propose(date: string): Promise<void>;
  /** Looks into incidents that opened or got worse; never fails for one that cannot be looked into. */
  assessIncidents(): Promise<{ written: number }>;
  /** Where people read what was found. */
  assessments: AssessDesk;
}

export function createDayWork(options: DayWorkOptions): DayWork {
  const { config, stores, judging, threadInput, model, proposals, clock, log } = options;
  const { timezone, currency } = config;
  const explainer = model?.explainer ?? templateExplainer;
  const assessing = assessContext(config, { stores, clock, log }, model);
  const proposing = { stores, desk: proposals, timezone, clock, log };

  const work: DayWork = {
    assessments: createAssessDesk(assessing),
    async judge(date, asOf) {
      await judging.runCycle({ ...(await threadInput(asOf)), chosen: { first: date, last: date } });
      await work.explain(date);
      await work.assess(date);
      await work.propose(date);
    },
    explain: (date) => explainDay({ stores, explainer, date, limit: DIGEST_ITEMS, currency, timezone, log }),
    assess: (date) => assessDay(assessing, { date, limit: ASSESSED }),
    propose: (date) => proposeForDay(proposing, { date, limit: DIGEST_ITEMS }),
    assessIncidents: () =>
      assessIncidents({ ...assessing, propose: (...found) => proposeForIncident(proposing, ...found) }),
  };
  return work;
}
