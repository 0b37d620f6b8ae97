import type { Proposal } from '../../core/proposal/proposal.ts';
import type { WorkerContext } from './worker-context.ts';

/**
 * Works while this process keeps its lease, for at most `timeoutMs`: the signal is aborted at the time limit, when the
 * lease is somebody else's, and when the app stops. Rejects then, even where the work does not heed it.
 */
export async function whileLeased<T>(
  { stores, owner, leaseMs, stopping, log }: WorkerContext,
  { execution }: Pick<Proposal, 'execution'>,
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  const keep = setInterval(() => {
    stores.executions
      .extend(execution?.id ?? '', owner, leaseMs)
      .then((kept) => {
        if (!kept) lost.abort(new Error('the lease is somebody else’s'));
      })
      .catch((err: unknown) => log.warn({ err, execution: execution?.id }, 'could not extend the lease'));
  }, leaseMs / 3);
  const signal = AbortSignal.any([lost.signal, stopping, AbortSignal.timeout(timeoutMs)]);
  try {
    return await Promise.race([work(signal), aborted(signal)]);
  } finally {
    clearInterval(keep);
  }
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
