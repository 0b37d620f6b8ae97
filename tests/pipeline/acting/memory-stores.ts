/** The stores of proposals in memory, for thousands of runs a second; what they promise is tested on the databases. */
import { v7 as uuidv7 } from 'uuid';
import type { Proposal } from '../../../src/core/proposal/proposal.ts';
import type { GlobalStop } from '../../../src/core/proposal/proposal-view.ts';
import type { Role } from '../../../src/core/records.ts';
import { ConflictError } from '../../../src/errors.ts';
import type { ExecutionStore, ProposalStore, StopStore } from '../../../src/pipeline/acting.ts';
import type { Clock, Stores } from '../../../src/pipeline/ports.ts';

export type ActingStores = Pick<Stores, 'proposals' | 'executions' | 'stops' | 'roles' | 'settings'> & {
  audit: Pick<Stores['audit'], 'append'>;
};

export type MakeStores = (clock: Clock) => ActingStores;

const never = (): never => {
  throw new Error('nobody asks for this here');
};

export function memoryStores(clock: Clock): ActingStores {
  const proposals = new Map<string, Proposal>();
  const keys = new Map<string, string>();
  const leases = new Map<string, { owner: string; until: number }>();
  const roles = new Map<string, Set<Role>>();
  const settings = new Map<string, unknown>();
  let stop: GlobalStop | undefined;

  const put = (proposal: Proposal): Proposal => {
    proposals.set(proposal.id, structuredClone(proposal));
    return structuredClone(proposal);
  };
  const all = () => structuredClone([...proposals.values()].sort((a, b) => a.number - b.number));
  const held = (id: string, owner: string) => {
    const proposal = [...proposals.values()].find(({ execution }) => execution?.id === id);
    if (leases.get(id)?.owner !== owner || !proposal?.execution) return undefined;
    return { proposal, execution: proposal.execution };
  };
  const change = (proposal: Proposal, execution: Partial<NonNullable<Proposal['execution']>>, isStep = true): void => {
    if (!proposal.execution) return;
    const revision = proposal.revision + (isStep ? 1 : 0);
    put({ ...proposal, revision, execution: { ...proposal.execution, ...execution } });
  };
  const authority = (): string =>
    JSON.stringify([[...roles].map(([user, held]) => [user, [...held].sort()]).sort(), [...settings]]);

  const proposalStore: ProposalStore = {
    async ensure({ key, ...proposal }) {
      const known = keys.get(key);
      if (known) return structuredClone(proposals.get(known) ?? never());
      const id = uuidv7();
      keys.set(key, id);
      return put({
        ...{ ...proposal, id, number: proposals.size + 1, editedBy: null, state: 'proposed', version: 1, revision: 1 },
        ...{ approvals: [], createdAt: clock(), remindedAt: null, decidedBy: null, decidedAt: null, reason: null },
        ...{ execution: null, effect: null },
      });
    },
    find: async (id) => structuredClone(proposals.get(id)),
    list: async (state) => all().filter((one) => one.state === state),
    async save({ from, to }) {
      const now = proposals.get(from.id);
      if (now?.revision !== from.revision) return undefined;
      if (from.execution && (now.execution?.state !== 'queued' || now.execution.attempts > 0)) return undefined;
      return put(to);
    },
    findByNumber: never,
    listOf: never,
    listDone: never,
    listBehind: never,
    markShown: never,
  };

  const executions: ExecutionStore = {
    authority: async () => authority(),
    async claim(owner, leaseMs) {
      const due = all().find(({ execution }) => {
        if (!execution || execution.notBefore > clock() || (leases.get(execution.id)?.until ?? 0) > clock())
          return false;
        return execution.state === 'running' || (execution.state === 'queued' && !stop);
      });
      if (!due?.execution) return undefined;
      leases.set(due.execution.id, { owner, until: clock() + leaseMs });
      return { proposal: due, execution: due.execution, mayHaveRun: due.execution.state === 'running' };
    },
    async begin(id, owner, looked, leaseMs) {
      const mine = held(id, owner);
      if (!mine || stop || looked.authority !== authority() || (leases.get(id)?.until ?? 0) <= clock()) return false;
      const { proposal, execution } = mine;
      if (proposal.state !== 'approved' || proposal.version !== looked.version) return false;
      if (
        execution.attempts !== looked.attempts ||
        proposal.expiresAt <= clock() ||
        !['queued', 'running'].includes(execution.state)
      )
        return false;
      leases.set(id, { owner, until: clock() + leaseMs });
      change(proposal, { state: 'running', attempts: execution.attempts + 1, startedAt: clock() });
      return true;
    },
    extend: async (id, owner) => held(id, owner) !== undefined,
    async finish(id, owner, end) {
      const mine = held(id, owner);
      if (!mine || !['queued', 'running'].includes(mine.execution.state)) throw new ConflictError('It is over.');
      leases.delete(id);
      change(mine.proposal, { ...end, finishedAt: clock() });
    },
    async retry(id, owner, notBefore, summary) {
      const mine = held(id, owner);
      leases.delete(id);
      if (mine) change(mine.proposal, { state: 'queued', notBefore, summary });
    },
    async release(id, owner, notBefore) {
      const mine = held(id, owner);
      if (!mine) return;
      leases.delete(id);
      change(mine.proposal, { notBefore }, false);
    },
  };

  const stops: StopStore = {
    get: async () => stop,
    async stop(reason, { actor }) {
      if (stop) return false;
      stop = { stoppedBy: actor, stoppedAt: clock(), reason };
      return true;
    },
    async resume() {
      const was = stop;
      stop = undefined;
      return was !== undefined;
    },
  };

  return {
    proposals: proposalStore,
    executions,
    stops,
    roles: {
      rolesOf: async (user) => [...(roles.get(user) ?? [])],
      list: async (role) => [...roles].filter(([, of]) => of.has(role)).map(([user]) => user),
      grant: async (user, role) => void roles.set(user, new Set([...(roles.get(user) ?? []), role])),
      revoke: async (user, role) => void roles.get(user)?.delete(role),
    },
    settings: {
      get: async (key) => settings.get(key),
      set: async (key, value) => void settings.set(key, value),
    },
    audit: { append: async () => undefined },
  };
}
