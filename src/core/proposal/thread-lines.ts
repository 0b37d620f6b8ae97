/** What of a proposal is worth a line in its thread: its card shows all the rest by changing in place. */
import { BOT, type Proposal } from './proposal.ts';
import type { Standing } from './standing.ts';

export const LINE_KINDS = ['half', 'reminder', 'decided', 'result', 'effect'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/**
 * `half`: one has approved and another is asked for. `decided`: it was rejected, withdrawn for a reason
 * or by a person, or objected to.
 * `result`: what came of it. `effect`: whether it helped. In the order in which they come.
 * @param standing approvals that count just now, and how many it still needs.
 */
export function dueLines(proposal: Proposal, { counted, missing }: Pick<Standing, 'counted' | 'missing'>): LineKind[] {
  const { state, remindedAt, decidedBy, reason, execution, effect } = proposal;
  // Of somebody who may no longer approve nothing is said: others are asked as if nobody had.
  const isHalf = counted.length > 0 && missing > 0;
  const isOver = execution !== null && execution.finishedAt !== null;
  return [
    ...(state === 'proposed' && isHalf ? (['half'] as const) : []),
    ...(state === 'proposed' && remindedAt !== null ? (['reminder'] as const) : []),
    ...((state === 'rejected' || state === 'withdrawn') && (decidedBy !== BOT || reason !== null)
      ? (['decided'] as const)
      : []),
    ...(isOver ? (['result'] as const) : []),
    ...(effect !== null && effect.checkedAt !== null ? (['effect'] as const) : []),
  ];
}
