/** What waits for a decision, for one person: what they may decide comes first. */
import type { ProposalView, Waiting } from '../../core/proposal/proposal-view.ts';
import type { Clock, Stores } from '../ports.ts';
import type { ProposalDesk } from '../proposal-desk.ts';

/** More than anybody decides at a sitting; the rest waits behind it. */
const LOOKED_AT = 24;
const COUNTED = 200;

export interface WaitingContext {
  stores: Pick<Stores, 'proposals'>;
  desk: Pick<ProposalDesk, 'view'>;
  clock: Clock;
}

/** @param user platform id of whoever looks. */
export async function readWaiting({ stores, desk, clock }: WaitingContext, user: string): Promise<Waiting> {
  const now = clock();
  const all = await stores.proposals.list('proposed', COUNTED);
  const open = all.filter(({ expiresAt }) => expiresAt > now).sort((a, b) => a.expiresAt - b.expiresAt);
  const views: ProposalView[] = [];
  for (const { id } of open.slice(0, LOOKED_AT)) views.push(await desk.view(id));
  // Somebody may have decided one meanwhile.
  const waiting = views.filter(({ proposal }) => proposal.state === 'proposed');
  const isYours = ({ standing: { from, counted } }: ProposalView): boolean =>
    from.has(user) && !counted.some((one) => one.user === user);
  return {
    yours: waiting.filter(isYours),
    others: waiting.filter((view) => !isYours(view)),
    total: open.length,
  };
}
