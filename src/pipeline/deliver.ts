/** Takes messages out of the outbox and to the platform: several at once, each once. */
import { type AttemptContext, attempt, type Outcome } from './delivery-attempt.ts';
import type { OutboxItem } from './ports.ts';

/** Longer than posting and looking can take together, so that no second process starts while one is at it. */
export const LEASE_MS = 120_000;
/** Messages under way at once, each in a channel of its own. */
export const CONCURRENCY = 8;
/** How long a slow answer may keep us from looking for what has become due meanwhile. */
const PATIENCE_MS = 500;

export interface DeliveryContext extends AttemptContext {
  /** Once aborted, nothing more is begun; what is under way is finished. */
  stopping?: AbortSignal;
}

export interface DeliveryReport {
  sent: number;
  /** Due again later. */
  waiting: number;
  /** Given up, each with its reason in the outbox and the log. */
  failed: number;
  /** Given up too: they may have been posted, and nobody can tell. */
  uncertain: number;
}

/**
 * Posts what is due in the outbox, each message once: a message is claimed before it is posted, and a message that may
 * have been posted already is looked for in its channel first. One message a second and channel, whatever the number of
 * processes; a channel that must wait keeps no other from its turn. Returns when nothing is due at this instant.
 * @throws what the stores threw, once everything under way is over; leases run out, and the next claim looks first.
 */
export async function deliverOutbox(context: DeliveryContext): Promise<DeliveryReport> {
  const report: DeliveryReport = { sent: 0, waiting: 0, failed: 0, uncertain: 0 };
  const { outbox } = context.stores;
  if (!(await outbox.hasDue())) return report;
  const held = await outbox.held();
  if (held && held.until > context.clock()) return report;
  await outbox.settle();

  const underWay = new Set<Promise<void>>();
  const broken: unknown[] = [];
  let refused = false;
  const begin = (item: OutboxItem): void => {
    const work: Promise<void> = attempt(context, item)
      .then((outcome) => {
        refused ||= outcome === 'refused';
        report[countedAs(outcome)] += 1;
      })
      .catch((error: unknown) => void broken.push(error))
      .finally(() => underWay.delete(work));
    underWay.add(work);
  };
  const mayBegin = (): boolean => !refused && broken.length === 0 && context.stopping?.aborted !== true;

  while (mayBegin()) {
    const items = await outbox.claim(context.owner, LEASE_MS, CONCURRENCY - underWay.size);
    for (const item of items) begin(item);
    if (underWay.size === 0) break;
    await oneEnds(underWay, underWay.size < CONCURRENCY);
  }
  await Promise.all(underWay);
  if (broken.length > 0) throw broken[0];
  if (held && report.sent > 0 && (await outbox.release()))
    context.log.info({ reason: held.reason }, 'Slack takes messages again');
  return report;
}

/** Waits for one to end, and for those that end in the same breath; not for ever where there is room for more. */
async function oneEnds(underWay: ReadonlySet<Promise<void>>, hasRoom: boolean): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race(hasRoom ? [...underWay, patience] : underWay);
  clearTimeout(timer);
  await new Promise((resolve) => setImmediate(resolve));
}

const countedAs = (outcome: Outcome): keyof DeliveryReport => (outcome === 'refused' ? 'waiting' : outcome);
