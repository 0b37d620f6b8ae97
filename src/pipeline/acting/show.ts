/** Keeps what people are shown of proposals in step with them. */
import type { Proposal } from '../../core/proposal/proposal.ts';
import type { Log, Stores } from '../ports.ts';

const BATCH = 50;

/**
 * Shows people a proposal as it is now: its card, the lines of its thread, the digest that holds it. Called after every
 * change, maybe more than once for one and not once for each: what it does has to be safe to repeat.
 */
export type AnnounceProposal = (proposal: Proposal) => Promise<void>;

interface ShowContext {
  stores: Pick<Stores, 'proposals'>;
  announce: AnnounceProposal;
  log: Log;
}

/** What cannot be shown now is tried again by the next beat. @returns how many proposals were shown. */
export async function showProposals({ stores, announce, log }: ShowContext): Promise<number> {
  let shown = 0;
  for (const proposal of await stores.proposals.listBehind(BATCH)) {
    try {
      await announce(proposal);
      await stores.proposals.markShown(proposal.id, proposal.revision);
      shown += 1;
    } catch (err) {
      log.warn({ err, proposal: proposal.id }, 'a proposal is shown anew by the next beat');
    }
  }
  return shown;
}
