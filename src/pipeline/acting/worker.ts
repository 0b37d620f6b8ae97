import { ConflictError } from '../../errors.ts';
import type { Log } from '../ports.ts';
import { carryOut } from './carry-out.ts';
import type { WorkerContext } from './worker-context.ts';

/** What a process that died held is taken up after this long. */
export const EXECUTION_LEASE_MS = 30_000;
/** A slow action keeps others waiting only where there are this many of them. */
const AT_ONCE = 4;

export interface ExecutionWorker {
  /** Takes up what is due, as far as hands are free, without waiting for it to end. @returns how many. */
  take(): Promise<number>;
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
}

/**
 * Carries out what is due, each at most once however many processes do this and however often they die.
 * @param onEnd called when one ended or was given back.
 */
export function createExecutionWorker(context: WorkerContext, onEnd: () => void = () => undefined): ExecutionWorker {
  const { stores, owner, leaseMs, stopping, log } = context;
  const underWay = new Map<string, Promise<void>>();
  let claims = 0;

  return {
    async take() {
      let taken = 0;
      const looked = new Set<string>();
      while (!stopping.aborted && underWay.size < AT_ONCE) {
        // A name for each time: what this process held too long may be its own again, and is not the same hold.
        claims += 1;
        const holder = `${owner}#${claims}`;
        const claimed = await stores.executions.claim(holder, leaseMs);
        if (claimed === undefined) break;
        const { id } = claimed.execution;
        const work = carryOut({ ...context, owner: holder }, claimed)
          .catch((err: unknown) => logFailure(log, id, err))
          .finally(() => {
            underWay.delete(holder);
            onEnd();
          });
        underWay.set(holder, work);
        taken += 1;
        // It was given back meanwhile, as something changed while it was looked at: the next beat looks again.
        if (looked.has(id)) break;
        looked.add(id);
      }
      return taken;
    },

    async settled() {
      while (underWay.size > 0) await Promise.all(underWay.values());
    },
  };
}

/** Its lease runs out by itself, and whoever takes it up then finds out what became of it. */
function logFailure(log: Log, execution: string, err: unknown): void {
  if (err instanceof ConflictError) log.warn({ err, execution }, 'an execution was taken over by another process');
  else log.error({ err, execution }, 'could not carry out an execution; it is taken up again when its lease is over');
}
