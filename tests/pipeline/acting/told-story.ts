/** Lives through a story on any stores, and holds what began against what was said, in words of its own. */
import { v7 as uuidv7 } from 'uuid';
import type { Proposal } from '../../../src/core/proposal/proposal.ts';
import { SeepassError } from '../../../src/errors.ts';
import { beatProposals } from '../../../src/pipeline/acting/beat.ts';
import { createProposalDesk } from '../../../src/pipeline/acting/desk.ts';
import { createExecutionWorker } from '../../../src/pipeline/acting/worker.ts';
import type { ExecutionStore } from '../../../src/pipeline/acting.ts';
import type { DeskCommand } from '../../../src/pipeline/proposal-desk.ts';
import { Killed, type Life, mortal } from '../../scenarios/mortal.ts';
import { silentLog } from '../../support/silent-log.ts';
import type { Happening, Policy, Story, Turn } from './interleaving.ts';
import type { ActingStores } from './memory-stores.ts';
import { createRemote } from './remote.ts';

const LEASE_MS = 30_000;
const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
/** Holds the role whatever is granted or taken back. */
const CONFIGURED = 'U_ANN';

/** What the story's teller knows of a proposal, from what the desk answered. */
interface Known {
  id: string;
  proposedBy: string | null;
  author: string | null;
  to: string;
  version: number;
  approvals: { by: string; version: number }[];
  approvedAt: number | null;
  madeAt: number;
  isOver: boolean;
  /** Its execution's id, once it is approved. */
  execution: string | null;
}

export interface Told {
  /** What was begun though it should not have been. */
  wrong: string[];
  begun: number;
  /** Keys of which more than one thing happened. */
  doubled: string[];
  happened: number;
  crashes: number;
}

export async function tell(
  { risk, action, proposedBy, steps }: Story,
  makeStores: (clock: () => number) => ActingStores,
): Promise<Told> {
  let now = Date.UTC(2026, 0, 30, 8);
  const clock = () => now;
  const stores = makeStores(clock);
  const remote = createRemote(risk);
  const told: Told = { wrong: [], begun: 0, doubled: [], happened: 0, crashes: 0 };
  let policy: Policy = { low_risk: 'one_approver', groups: [], sole_approver_wait: 30, disabled: [] };
  let members: string[] | null = [];
  /** The group as it was when it was looked up last: nothing outside can be read in one statement with ours. */
  let seenMembers: string[] | null = [];
  let stopped = false;
  const granted = new Set<string>();

  const common = {
    policy: { admins: [], approvers: [CONFIGURED] },
    actions: async () => remote.registry,
    groupMembers: async () => {
      seenMembers = members && [...members];
      return members;
    },
    timezone: 'Europe/Berlin',
    clock,
    newId: uuidv7,
    log: silentLog,
  };
  const desk = createProposalDesk({
    ...common,
    stores: { ...stores, audit: { ...stores.audit, ...noReads } },
    wake: () => undefined,
  });
  const known: Known[] = [];
  for (const [index, by] of proposedBy.entries()) {
    const wish = {
      subject: {
        kind: 'priority',
        date: `2026-01-2${index}`,
        entity_type: 'surface',
        entity_key: '/checkout',
      } as const,
      action: { type: action, title: 'Act', risk, parameters: { to: 'first' } },
      ...{ why: '', expectation: null },
    };
    const { id } = await desk.propose(wish, by === null ? 'system' : { actor: by, channel: null });
    known.push({
      id,
      proposedBy: by,
      author: by,
      to: 'first',
      version: 1,
      approvals: [],
      approvedAt: null,
      madeAt: now,
      isOver: false,
      execution: null,
    });
  }

  /** The rule as people would say it, from what they did. */
  function shouldBegin(one: Known): string | null {
    if (stopped) return 'everything was stopped';
    if (one.isOver) return 'it was over';
    if (policy.disabled.includes(action)) return 'its type was switched off';
    if (one.approvedAt === null) return 'it was never approved';
    const group = policy.groups.length === 0 ? [] : seenMembers;
    const may = new Set([CONFIGURED, ...granted, ...(group ?? [])]);
    if (one.author === null && risk === 'low' && policy.low_risk === 'runs_by_itself')
      return now < one.approvedAt + DAY ? null : 'too late';
    const said = new Set(
      one.approvals
        .filter(({ version }) => version === one.version)
        .map(({ by }) => by)
        .filter((by) => may.has(by)),
    );
    const others = [...said].filter((by) => by !== one.author && by !== one.proposedBy).length;
    const needed = one.author === null && risk === 'high' ? 2 : 1;
    if (others >= needed) return now < one.approvedAt + 2 * DAY ? null : 'too late';
    if (one.proposedBy !== null || group === null || may.size !== 1 || policy.sole_approver_wait === 'never')
      return 'approvers were missing';
    if (said.size !== 1) return 'the only approver had not approved';
    return now >= one.approvedAt + policy.sole_approver_wait * MINUTE ? null : 'people could still object';
  }

  async function decide(one: Known, command: DeskCommand, by: string): Promise<void> {
    const changed = await desk.act(one.id, command, { actor: by, channel: null }).catch((error: unknown) => {
      if (!(error instanceof SeepassError)) throw error;
      return undefined;
    });
    if (changed === undefined) return;
    if (command.kind === 'approve') one.approvals.push({ by, version: one.version });
    else if (command.kind === 'edit')
      Object.assign(one, { version: one.version + 1, author: by, to: command.parameters.to });
    else one.isOver = true;
    if (changed.state === 'approved') Object.assign(one, { approvedAt: now, execution: changed.execution?.id ?? null });
  }

  async function happen(event: Happening): Promise<void> {
    const by = { actor: 'U_ADMIN', role: 'admin', channel: null } as const;
    switch (event.kind) {
      case 'approve': {
        const one = known[event.of];
        if (one) await decide(one, { kind: 'approve', version: one.version - (event.stale ? 1 : 0) }, event.by);
        return;
      }
      case 'edit': {
        const one = known[event.of];
        if (one) await decide(one, { kind: 'edit', version: one.version, parameters: { to: event.to } }, event.by);
        return;
      }
      case 'reject':
      case 'withdraw':
      case 'object': {
        const one = known[event.of];
        if (one) await decide(one, { kind: event.kind, reason: null }, event.by);
        return;
      }
      case 'grant':
        granted.add(event.to);
        return stores.roles.grant(event.to, event.role, 'U_ADMIN');
      case 'revoke':
        granted.delete(event.to);
        return stores.roles.revoke(event.to, event.role, 'U_ADMIN');
      case 'group':
        members = event.members;
        return;
      case 'policy':
        policy = event.policy;
        return stores.settings.set('approvals.policy', event.policy, 'U_ADMIN');
      case 'stop':
        await stores.stops.stop(null, by);
        stopped = true;
        return;
      case 'resume':
        await stores.stops.resume(by);
        stopped = false;
        return;
      case 'wait':
        now += event.ms;
        return;
      case 'beat': {
        await beatProposals({ ...common, stores: { ...stores, incidents: noReads } });
        for (const one of known) noteBeat(one, await stores.proposals.find(one.id));
      }
    }
  }

  function noteBeat(one: Known, proposal: Proposal | undefined): void {
    if (proposal?.state === 'expired') {
      if (now < one.madeAt + DAY) told.wrong.push('it expired early');
      one.isOver = true;
    }
    if (proposal?.state === 'approved' && one.approvedAt === null) {
      if (one.author !== null || risk !== 'low' || policy.low_risk !== 'runs_by_itself')
        told.wrong.push('it ran by itself');
      Object.assign(one, { approvedAt: now, execution: proposal.execution?.id ?? null });
    }
  }

  async function work({ before, dies, lastTakesEffect, call }: Turn): Promise<void> {
    const queue = [...before];
    const life: Life = { callsLeft: dies ?? Number.POSITIVE_INFINITY, lastTakesEffect };
    remote.end = call;
    remote.onKilled = () => {
      life.callsLeft = 0;
    };
    const { executions } = stores;
    const watched: ExecutionStore = {
      ...executions,
      async begin(id, ...more) {
        const one = known.find(({ execution }) => execution === id);
        const why = one ? shouldBegin(one) : 'nobody knew of it';
        const begun = await executions.begin(id, ...more);
        if (begun) told.begun += 1;
        if (begun && why) told.wrong.push(why);
        return begun;
      },
    };
    // One call after the other, also of executions side by side, each after what happens before it.
    let last: Promise<unknown> = Promise.resolve();
    const interrupted = new Proxy(mortal(watched, life), {
      get:
        (target, name) =>
        (...given: unknown[]) => {
          const call = last.then(async () => {
            const next = queue.shift();
            if (next) await happen(next);
            return Reflect.apply(Reflect.get(target, name), target, given);
          });
          last = call.catch(() => undefined);
          return call;
        },
    });
    const worker = createExecutionWorker({
      ...common,
      stores: { ...stores, executions: interrupted },
      ...{ owner: uuidv7(), leaseMs: LEASE_MS, stopping: new AbortController().signal },
    });
    await worker.take().catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
    });
    await worker.settled();
    if (life.callsLeft <= 0) told.crashes += 1;
  }

  for (const step of steps) await (step.kind === 'work' ? work(step) : happen(step));
  for (const [key, all] of remote.happened) {
    told.happened += 1;
    if (all.length > 1) told.doubled.push(key);
    const one = known.find(({ execution }) => execution === key.slice(key.indexOf(':') + 1));
    if (one === undefined || all.some((to) => to !== one.to))
      told.wrong.push(`it did ${all.join()} in place of ${one?.to}`);
  }
  return told;
}

/** Reads that nothing here asks for. */
const noReads = {
  find: async () => undefined as never,
  list: async () => [],
};
