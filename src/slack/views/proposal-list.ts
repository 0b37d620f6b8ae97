import { countOf, formatCount } from '../../core/facts/render.ts';
import { proposalName, surfaceOf } from '../../core/proposal/proposal.ts';
import type { GlobalStop, ProposalView, Waiting } from '../../core/proposal/proposal-view.ts';
import type { JsonObject } from '../../core/records.ts';
import { ACTIONS } from '../ids.ts';
import { quote } from '../mrkdwn.ts';
import { encodeProposal, PROPOSAL_ACTIONS } from '../proposal-ids.ts';
import { actions, button, context, section } from './elements.ts';
import type { Rendered } from './notice.ts';
import { momentFor } from './outcome.ts';
import { approveButton, needsWords } from './proposal-card.ts';
import { stopWords } from './stop-notice.ts';

const YOURS = 5;
const OTHERS = 8;
const TITLE = 140;

export interface ProposalListModel extends Waiting {
  stop: GlobalStop | undefined;
  timezone: string;
}

/** What waits for a decision: what the reader may decide first, with its buttons. */
export function buildProposalList({ yours, others, total, stop, timezone }: ProposalListModel): Rendered {
  const stopped = stop === undefined ? [] : [section(stopWords(stop, timezone))];
  if (total === 0) {
    const text = 'Nothing waits for a decision.';
    return { text, blocks: [...stopped, section(text)] };
  }
  const title = `${countOf(total, 'proposal waits', 'proposals wait')} for a decision${yours.length === 0 ? '' : `, ${formatCount(yours.length)} of them for yours`}`;
  const [mine, rest] = [yours.slice(0, YOURS), others.slice(0, OTHERS)];
  const shown = mine.length + rest.length;
  return {
    text: title,
    blocks: [
      ...stopped,
      section(`*${title}*`),
      ...mine.flatMap((view) => waitingBlocks(view, timezone, ACTIONS.approve)),
      ...rest.map((view) => section(proposalLine(view, timezone), detailsButton(view))),
      ...(shown < total ? [context(`Showing ${shown} of ${formatCount(total)}, the first to expire first.`)] : []),
    ],
  };
}

/** One that the reader may decide. @param approve id of the button's action where it is shown. */
export const waitingBlocks = (view: ProposalView, timezone: string, approve: string): JsonObject[] => [
  section(proposalLine(view, timezone)),
  actions([
    ...(view.unusable === null ? [approveButton(view, { actionId: approve, timezone })] : []),
    detailsButton(view),
  ]),
];

/** "*P-12 · Roll back web@1.42.0* · medium risk", and below it where, what it needs and until when. */
export function proposalLine(view: ProposalView, timezone: string): string {
  const { proposal, risk, unusable } = view;
  const { number, action, subject, expiresAt } = proposal;
  const surface = surfaceOf(subject) ?? (subject.kind === 'priority' ? subject.entity_key : '');
  const below = [
    ...(surface === '' || action.title.includes(surface) ? [] : [quote(surface, 80)]),
    unusable === null ? needsWords(view) : 'cannot run as it is',
    `open until ${momentFor(expiresAt, timezone)}`,
  ];
  return `*${proposalName(number)} · ${quote(action.title, TITLE)}* · ${risk} risk\n${below.join(' · ')}`;
}

const detailsButton = ({ proposal }: ProposalView): JsonObject =>
  button('Details', {
    actionId: PROPOSAL_ACTIONS.open,
    value: encodeProposal(proposal),
    describedAs: `Details of ${proposalName(proposal.number)}`,
  });
