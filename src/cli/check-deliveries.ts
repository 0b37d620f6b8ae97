import { countOf } from '../core/facts/render.ts';
import type { Stores } from '../pipeline/ports.ts';
import { type Check, fail, ok, warn } from './check.ts';

/** Longer than any that is read at once, or tried for the second time. */
const SLOW_MS = 10 * 60_000;
const MOST_COUNTED = 100_000;

/** Whether what tools send is read. @param now epoch milliseconds. */
export async function checkDeliveries({ deliveries }: Pick<Stores, 'deliveries'>, now: number): Promise<Check> {
  const { waiting, oldest, dead } = await deliveries.backlog(MOST_COUNTED);
  const queued =
    waiting === MOST_COUNTED ? `${countOf(waiting, 'delivery', 'deliveries')} or more wait` : waits(waiting);
  if (dead > 0)
    return fail(
      'deliveries',
      `${countOf(dead, 'delivery', 'deliveries')} could not be read; ${queued}`,
      'See why with seepass deliveries list, then: seepass deliveries retry all',
    );
  if (oldest !== null && now - oldest > SLOW_MS)
    return warn(
      'deliveries',
      `${queued}, the first since ${new Date(oldest).toISOString()}`,
      'A running Seepass reads them: start one, or see its log.',
    );
  return ok('deliveries', queued);
}

const waits = (waiting: number): string =>
  waiting === 0 ? 'none wait to be read' : `${countOf(waiting, 'delivery waits', 'deliveries wait')} to be read`;
