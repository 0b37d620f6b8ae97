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
import type { Happening, Story, Turn } from './interleaving.ts';
import type { ActingStores } from './memory-stores.ts';
import { createRemote } from './remote.ts';
import { CONFIGURED, DAY, type Facts, type Known, whyNotBegin } from './the-rule.ts';

const LEASE_MS = 30_000;

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
  const facts: Facts = {
    now: Date.UTC(2026, 0, 30, 8),
    policy: { low_risk: 'one_approver', groups: [], sole_approver_wait: 30, sole_approver_own: false, disabled: [] },
    ...{ granted: new Set(), members: [], seenMembers: [], isStopped: false },
  };
  const clock = () => facts.now;
  const stores = makeStores(clock);
  const remote = createRemote(risk);
  const told: Told = { wrong: [], begun: 0, doubled: [], happened: 0, crashes: 0 };

  const common = {
    policy: { admins: [], approvers: [CONFIGURED] },
    actions: async () => remote.registry,
    groupMembers: async () => {
      facts.seenMembers = facts.members && [...facts.members];
      return facts.members;
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
      madeAt: facts.now,
      isOver: false,
      execution: null,
    });
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
    if (changed.state === 'approved')
      Object.assign(one, { approvedAt: facts.now, execution: changed.execution?.id ?? null });
  }

  async function happen(event: Happening): Promise<void> {
    const by = { actor: 'U_ADMIN', role: 'admin', channel: null } as const;
    switch (event.kind) {
      case 'approve':
      case 'edit':
      case 'reject':
      case 'withdraw':
      case 'object': {
        const one = known[event.of];
        return one && decide(one, commandOf(event, one), event.by);
      }
      case 'grant':
        facts.granted.add(event.to);
        return stores.roles.grant(event.to, event.role, 'U_ADMIN');
      case 'revoke':
        facts.granted.delete(event.to);
        return stores.roles.revoke(event.to, event.role, 'U_ADMIN');
      case 'group':
        facts.members = event.members;
        return;
      case 'policy': {
        facts.policy = event.policy;
        const { sole_approver_own, ...chosen } = event.policy;
        await stores.settings.set('workspace_config', { approvals: { sole_approver_own } }, 'U_ADMIN');
        return stores.settings.set('approvals.policy', chosen, 'U_ADMIN');
      }
      case 'stop':
        await stores.stops.stop(null, by);
        facts.isStopped = true;
        return;
      case 'resume':
        await stores.stops.resume(by);
        facts.isStopped = false;
        return;
      case 'wait':
        facts.now += event.ms;
        return;
      case 'beat': {
        await beatProposals({ ...common, stores: { ...stores, incidents: noReads } });
        for (const one of known) noteBeat(one, await stores.proposals.find(one.id));
      }
    }
  }

  function noteBeat(one: Known, proposal: Proposal | undefined): void {
    if (proposal?.state === 'expired') {
      if (facts.now < one.madeAt + DAY) told.wrong.push('it expired early');
      one.isOver = true;
    }
    if (proposal?.state === 'approved' && one.approvedAt === null) {
      if (one.author !== null || risk !== 'low' || facts.policy.low_risk !== 'runs_by_itself')
        told.wrong.push('it ran by itself');
      Object.assign(one, { approvedAt: facts.now, execution: proposal.execution?.id ?? null });
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
        const why = one ? whyNotBegin(one, facts, { risk, type: action }) : 'nobody knew of it';
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
      stores: { ...stores, executions: interrupted, incidents: noReads },
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

type Deed = Extract<Happening, { of: number }>;

function commandOf(deed: Deed, { version }: Known): DeskCommand {
  switch (deed.kind) {
    case 'approve':
      return { kind: 'approve', version: version - (deed.stale ? 1 : 0) };
    case 'edit':
      return { kind: 'edit', version, parameters: { to: deed.to } };
    default:
      return { kind: deed.kind, reason: null };
  }
}

/** Reads that nothing here asks for. */
const noReads = {
  find: async () => undefined as never,
  list: async () => [],
};
