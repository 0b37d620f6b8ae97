import { formatCount } from '../../core/facts/render.ts';
import type { Stores } from '../../pipeline/ports.ts';
import { type Check, ok, warn } from '../check.ts';

const HOUR = 3_600_000;

/** How much of the audit is sealed: what waits for long could be removed unseen. @param now epoch milliseconds. */
export async function checkAudit({ auditChain }: Pick<Stores, 'auditChain'>, now: number): Promise<Check> {
  const { end, unsealed, oldestUnsealed } = await auditChain.end();
  const sealed = `${formatCount(end.sequence)} entries sealed in ${formatCount(end.number)} segments`;
  if (oldestUnsealed === null || now - oldestUnsealed < HOUR)
    return ok('audit', `${sealed}${unsealed === 0 ? '' : `, ${formatCount(unsealed)} to be sealed next`}`);
  return warn(
    'audit',
    `${sealed}, ${formatCount(unsealed)} wait since ${new Date(oldestUnsealed).toISOString()}`,
    'A running Seepass seals them by itself; without one: seepass audit seal',
  );
}
