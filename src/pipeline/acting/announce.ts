import type { ProposalView } from '../../core/proposal/proposal-view.ts';
import { dueLines, type LineKind } from '../../core/proposal/thread-lines.ts';
import type { OutgoingMessage, Stores } from '../ports.ts';
import type { ProposalDesk } from '../proposal-desk.ts';
import { type ProposalPlace, placesOf } from './places.ts';
import type { AnnounceProposal } from './show.ts';

/** Outbox kinds. The subject of a card is the proposal's id; of a line, the id and what it says. */
export const PROPOSAL_KIND = 'proposal';
const PROPOSAL_LINE_KIND = 'proposal-line';

export interface AnnounceContext {
  stores: Pick<Stores, 'alerts' | 'digests' | 'outbox'>;
  desk: Pick<ProposalDesk, 'view'>;
  renderCard(view: ProposalView): OutgoingMessage;
  renderLine(kind: LineKind, view: ProposalView): OutgoingMessage;
  /** Shows the digests anew that suggest it. */
  announceInDigests: AnnounceProposal;
}

/**
 * Puts a proposal's card, its update and the lines of its thread into the outbox, each once however often this runs. What
 * a digest suggests gets a card of its own once a person has taken it up.
 */
export function createProposalAnnouncer(context: AnnounceContext): AnnounceProposal {
  const { stores, desk, renderCard, renderLine, announceInDigests } = context;

  const showIn = async ({ channel, parent }: ProposalPlace, view: ProposalView): Promise<void> => {
    const { id, revision } = view.proposal;
    const own = { kind: PROPOSAL_KIND, channel, subject: id, message: renderCard(view) };
    const isNew = await stores.outbox.enqueue({ ...own, sequence: 0, operation: 'reply', parent });
    if (!isNew)
      await stores.outbox.enqueue({
        ...{ ...own, sequence: revision, operation: 'update' },
        parent: { kind: PROPOSAL_KIND, subject: id },
      });
    for (const kind of dueLines(view.proposal, view.standing))
      await stores.outbox.enqueue({
        kind: PROPOSAL_LINE_KIND,
        channel,
        subject: `${id}:${view.proposal.version}:${kind}`,
        sequence: 0,
        message: renderLine(kind, view),
        operation: 'reply',
        parent,
      });
  };

  return async (proposal) => {
    await announceInDigests(proposal);
    if (proposal.subject.kind === 'priority' && proposal.revision === 1) return;
    const places = await placesOf(stores, proposal);
    if (places.length === 0) return;
    const view = await desk.view(proposal.id);
    for (const place of places) await showIn(place, view);
  };
}
