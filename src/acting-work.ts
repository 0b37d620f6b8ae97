import type { ActionRegistry } from './core/actions.ts';
import type { RolePolicy } from './core/policy/roles.ts';
import { beatProposals } from './pipeline/acting/beat.ts';
import { createProposalDesk } from './pipeline/acting/desk.ts';
import { type AnnounceProposal, showProposals } from './pipeline/acting/show.ts';
import { createStopDesk } from './pipeline/acting/stop-desk.ts';
import { createExecutionWorker, EXECUTION_LEASE_MS } from './pipeline/acting/worker.ts';
import type { ReadGroupMembers } from './pipeline/acting.ts';
import { checkEffects } from './pipeline/check-effects.ts';
import type { OwnerNotices } from './pipeline/owner-notices.ts';
import type { Clock, Log, NewId, Stores } from './pipeline/ports.ts';
import type { ProposalDesk, StopDesk } from './pipeline/proposal-desk.ts';
import { tryEach } from './pipeline/try-each.ts';

export interface ActingWorkOptions {
  stores: Stores;
  policy: RolePolicy;
  /** What may be done as things are declared now. */
  actions: () => Promise<ActionRegistry>;
  notices: Pick<OwnerNotices, 'escalate'>;
  groupMembers: ReadGroupMembers;
  /** Safe to repeat. */
  announce: AnnounceProposal;
  /** Names this process. */
  owner: string;
  /** IANA zone of the times in words. */
  timezone: string;
  clock: Clock;
  newId: NewId;
  log: Log;
  /** Aborted when the app stops. */
  stopping: AbortSignal;
  /** There is something to carry out or to show: the next beat may come at once. */
  wake: () => void;
  mention: (userId: string) => string;
}

export interface ActingWork {
  desk: ProposalDesk;
  stop: StopDesk;
  /** Lets time decide, takes up what is due and shows what changed. Safe to repeat, by several processes at once. */
  beat(): Promise<void>;
  /** Resolves when no action is under way any more. */
  settled(): Promise<void>;
}

/** What a process does about proposals: people's desk, the worker, and what people are shown. */
export function createActingWork(options: ActingWorkOptions): ActingWork {
  const worker = createExecutionWorker({ ...options, leaseMs: EXECUTION_LEASE_MS }, options.wake);
  return {
    desk: createProposalDesk(options),
    stop: createStopDesk(options),
    settled: worker.settled,
    async beat() {
      await tryEach(
        [
          () => beatProposals(options),
          () => worker.take(),
          () => checkEffects(options),
          () => options.notices.escalate(),
          () => showProposals(options),
        ],
        (step) => step(),
      );
    },
  };
}
