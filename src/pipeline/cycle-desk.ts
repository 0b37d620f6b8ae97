/** Lets an admin run the whole loop at once: observe, judge, assess, propose, act. Never two at a time. */
import { CYCLE_STEPS, type CycleModel, type CycleStep } from '../core/delivery/cycle-model.ts';
import { DIGEST_ITEMS } from '../core/delivery/digest-model.ts';
import { effectiveRoles, type RolePolicy } from '../core/policy/roles.ts';
import type { Proposal, ProposalSubject } from '../core/proposal/proposal.ts';
import { SeepassError } from '../errors.ts';
import type { Clock, Log, NewId, Stores } from './ports.ts';
import type { Actor } from './proposal-desk.ts';

const JOB = 'whole-cycle';
/** One row for all of them: whoever holds it runs the loop. */
const ONLY = 0;
/** Kept while it runs; what a killed process held is free this much later. */
const LEASE_MS = 60_000;
const NAMED = 3;

/** What each step does; each is safe to repeat and bounded by itself. */
export interface CycleSteps {
  /** Counts what came in, judges the hours that settled, follows incidents. */
  observe(asOf: number): Promise<{ hours: number; findings: number }>;
  /** Judges, ranks and explains the last complete day that has data. */
  judge(asOf: number): Promise<{ date: string; surfaces: number; priorities: number }>;
  assess(date: string): Promise<{ written: number; kept: number }>;
  propose(date: string): Promise<void>;
  /** Carries out what may run, and delivers what there is to tell. */
  act(): Promise<void>;
}

export type CycleOutcome =
  | { kind: 'done'; model: CycleModel }
  /** Somebody else's is under way. `since` is epoch milliseconds. */
  | { kind: 'busy'; startedBy: string; since: number };

export interface CycleDesk {
  /**
   * @param show called with each step; what it throws does not stop the loop.
   * @throws SeepassError `forbidden` for everybody but admins, and what a step throws once it is shown where it broke off.
   */
  run(by: Actor, show: (model: CycleModel) => Promise<void>): Promise<CycleOutcome>;
}

export interface CycleDeskContext {
  stores: Pick<Stores, 'jobs' | 'roles' | 'audit' | 'priorities' | 'incidents' | 'proposals'>;
  steps: CycleSteps;
  policy: RolePolicy;
  timezone: string;
  clock: Clock;
  newId: NewId;
  log: Log;
}

export function createCycleDesk(context: CycleDeskContext): CycleDesk {
  const { stores, policy, clock, newId } = context;

  async function audit({ actor, channel }: Actor, outcome: string): Promise<void> {
    const roles = effectiveRoles(actor, await stores.roles.rolesOf(actor), policy);
    await stores.audit.append({
      ...{ actor, actor_role: roles.at(-1) ?? 'viewer', channel, outcome, details: {} },
      ...{ action: 'cycle.run', subject_type: 'cycle', subject_id: '-' },
    });
    if (!roles.includes('admin'))
      throw new SeepassError('forbidden', 'Only admins run the whole loop by hand.', {
        fix: 'SEEPASS_ADMINS names them; it runs by itself every hour and before each digest.',
      });
  }

  return {
    async run(by, show) {
      const isAdmin = effectiveRoles(by.actor, await stores.roles.rolesOf(by.actor), policy).includes('admin');
      if (!isAdmin) await audit(by, 'forbidden');
      const owner = `${by.actor} ${newId()}`;
      if (!(await stores.jobs.claim(JOB, ONLY, owner, LEASE_MS))) {
        const holder = await stores.jobs.holder(JOB, ONLY);
        await audit(by, 'conflict');
        return { kind: 'busy', startedBy: holder?.owner.split(' ')[0] ?? by.actor, since: holder?.since ?? clock() };
      }
      const model = startedBy(by.actor, context);
      try {
        await whileHeld(context, owner, () => runSteps(context, model, show));
        await audit(by, 'done');
        return { kind: 'done', model };
      } catch (error) {
        await audit(by, 'failed');
        throw error;
      } finally {
        await stores.jobs.release(JOB, ONLY, owner);
      }
    },
  };
}

const startedBy = (actor: string, { clock, timezone }: CycleDeskContext): CycleModel => ({
  ...{ startedBy: actor, startedAt: clock(), endedAt: null, timezone, now: null, failedAt: null },
  ...{ observed: null, judged: null, assessed: null, proposals: null, first: [], incidents: [] },
});

async function runSteps(
  { steps, stores, clock, log }: CycleDeskContext,
  model: CycleModel,
  show: (model: CycleModel) => Promise<void>,
): Promise<void> {
  const asOf = model.startedAt;
  const dayOf = (): string => model.judged?.date ?? '';
  const work: Readonly<Record<CycleStep, () => Promise<void>>> = {
    async observe() {
      model.observed = await steps.observe(asOf);
      model.incidents = await stores.incidents.listLive();
    },
    async judge() {
      model.judged = await steps.judge(asOf);
      model.first = await stores.priorities.listPriorities(dayOf(), NAMED);
    },
    async assess() {
      model.assessed = await steps.assess(dayOf());
    },
    async propose() {
      await steps.propose(dayOf());
      model.proposals = await readProposals(stores, dayOf(), model);
    },
    async act() {
      await steps.act();
      model.proposals = await readProposals(stores, dayOf(), model);
    },
  };
  const tell = (): Promise<void> =>
    show(structuredClone(model)).catch((err: unknown) => log.warn({ err }, 'a step of the loop was not shown'));
  for (const step of CYCLE_STEPS) {
    model.now = step;
    await tell();
    try {
      await work[step]();
    } catch (error) {
      Object.assign(model, { now: null, failedAt: step, endedAt: clock() });
      await tell();
      throw error;
    }
  }
  Object.assign(model, { now: null, endedAt: clock() });
  await tell();
}

async function readProposals(
  { priorities, proposals }: Pick<Stores, 'priorities' | 'proposals'>,
  date: string,
  { incidents }: CycleModel,
): Promise<Proposal[]> {
  const first = await priorities.listPriorities(date, DIGEST_ITEMS);
  const subjects: ProposalSubject[] = [
    ...incidents.map(({ id, lead }) => ({ kind: 'incident', incidentId: id, surface: lead.surface }) as const),
    ...first.map(({ entity_type, entity_key }) => ({ kind: 'priority', date, entity_type, entity_key }) as const),
  ];
  return (await proposals.listOf(subjects)).filter(({ state }) => state === 'proposed' || state === 'approved');
}

async function whileHeld({ stores, log }: CycleDeskContext, owner: string, work: () => Promise<void>): Promise<void> {
  const keep = setInterval(() => {
    stores.jobs
      .extend(JOB, ONLY, owner, LEASE_MS)
      .catch((err: unknown) => log.warn({ err }, 'could not keep the hold on the whole loop'));
  }, LEASE_MS / 3);
  try {
    await work();
  } finally {
    clearInterval(keep);
  }
}
