import { effectWords } from '../../core/effect/effect-words.ts';
import { expectationWords } from '../../core/proposal/expectation-words.ts';
import { isHeldBack, type Proposal, proposalName } from '../../core/proposal/proposal.ts';
import type { ProposalView } from '../../core/proposal/proposal-view.ts';
import type { JsonObject } from '../../core/records.ts';
import { ACTIONS } from '../ids.ts';
import { clip, escapeEntities, quote } from '../mrkdwn.ts';
import { encodeProposal, PROPOSAL_ACTIONS, PROPOSAL_CALLBACKS } from '../proposal-ids.ts';
import { actions, button, context, modal, section } from './elements.ts';
import { mention } from './mention.ts';
import type { Rendered } from './notice.ts';
import { momentFor, outcomeLine } from './outcome.ts';
import { plainPreview, previewText } from './preview-line.ts';

const TITLE = 200;
const MOST_APPROVERS = 4;
const ONLY_THEIRS =
  'nobody else may approve yet: an admin names somebody in `SEEPASS_APPROVERS` or a group in the Home tab, or whoever runs Seepass states `approvals.sole_approver_own` in its config';
const CONFIRMS_OWN =
  'You alone may approve here, and this is your own. The audit says so, and anybody may object while it waits.';

/** A proposal on its way to a decision, and what became of it. @param timezone IANA, where a reader's own is not known. */
export function buildProposalCard(view: ProposalView, timezone: string): Rendered {
  const { proposal, risk } = view;
  const title = quote(proposal.action.title, TITLE);
  const outcome = outcomeLine(proposal, { timezone, stop: view.stop });
  const isOpen = outcome === null;
  const head = `*${isOpen ? 'Proposed: ' : ''}${title}* · ${risk} risk${isOpen ? ` · ${needsWords(view)}` : ''}`;
  const blocks = [
    section(
      [
        head,
        ...(proposal.why === '' ? [] : [`Why: ${quote(proposal.why, 600)}`]),
        ...(proposal.expectation === null ? [] : [`Expect: ${quote(expectationWords(proposal.expectation), 300)}`]),
      ].join('\n'),
    ),
    ...(outcome === null ? openBlocks(view, timezone) : [section(outcome), ...heldBlocks(view, timezone)]),
    context(footer(view, timezone)),
  ];
  const said = isOpen ? `Proposed: ${title}, ${risk} risk, ${needsWords(view)}` : `${title}: ${outcome}`;
  return { text: clip(said, 3_000), blocks };
}

/** The card to read in a dialog: it is decided where it stands. */
export function buildProposalModal(view: ProposalView, timezone: string): JsonObject {
  const { blocks } = buildProposalCard(view, timezone);
  return modal(
    PROPOSAL_CALLBACKS.open,
    proposalName(view.proposal.number),
    blocks.filter(({ type }) => type !== 'actions'),
  );
}

function openBlocks(view: ProposalView, timezone: string): JsonObject[] {
  const { proposal, preview, unusable, fields } = view;
  const does = unusable === null ? preview.map((line) => previewText(line, timezone)) : [escapeEntities(unusable)];
  const value = encodeProposal(proposal);
  const named = proposal.action.title;
  return [
    ...(does.length === 0 ? [] : [section(does.join('\n'))]),
    ...(view.standing.counted.length === 0 ? [] : [context(approvedSoFar(view))]),
    actions([
      ...(unusable === null ? [approveButton(view, { actionId: ACTIONS.approve, timezone })] : []),
      ...(fields.length === 0
        ? []
        : [button('Edit', { actionId: PROPOSAL_ACTIONS.edit, value, describedAs: `Edit: ${named}` })]),
      button('Reject…', { actionId: PROPOSAL_ACTIONS.reject, value, describedAs: `Reject: ${named}` }),
      button('Ask', { actionId: PROPOSAL_ACTIONS.ask, value, describedAs: `Ask about: ${named}` }),
    ]),
  ];
}

/** Asks once more, with how risky it is and what it does now. @param actionId of the place it is shown in. */
export function approveButton(
  { proposal, risk, preview, standing }: ProposalView,
  { actionId, timezone }: { actionId: string; timezone: string },
): JsonObject {
  const { title } = proposal.action;
  const edited = proposal.editedBy === null ? '' : ' It was edited since it was proposed.';
  const does = preview.map((line) => plainPreview(line, timezone));
  const isOwn = standing.rule === 'own';
  const text = [...(isOwn ? [CONFIRMS_OWN] : []), `${clip(title, TITLE)} (${risk} risk).${edited}`, ...does].join('\n');
  return button('Approve', {
    ...{ actionId, value: encodeProposal(proposal), style: 'primary', describedAs: `Approve: ${title}` },
    confirm: { title: isOwn ? 'Approve your own?' : 'Approve this?', text, confirm: 'Approve' },
  });
}

/** What has not begun yet, and will not at once, is shown with what it will do, and may be objected to. */
function heldBlocks({ proposal, preview, stop }: ProposalView, timezone: string): JsonObject[] {
  const { execution, decidedAt } = proposal;
  const waits = isHeldBack(proposal) && (stop !== undefined || (execution?.notBefore ?? 0) > (decidedAt ?? 0));
  if (!waits) return [];
  return [
    ...(preview.length === 0 ? [] : [section(preview.map((line) => previewText(line, timezone)).join('\n'))]),
    actions([
      button('Object', {
        actionId: PROPOSAL_ACTIONS.object,
        value: encodeProposal(proposal),
        style: 'danger',
        describedAs: `Object to: ${proposal.action.title}`,
        confirm: {
          title: 'Object to this?',
          text: 'It is not carried out, and the thread says so.',
          confirm: 'Object',
        },
      }),
    ]),
  ];
}

/** "needs one approver" */
export function needsWords({ standing }: ProposalView): string {
  switch (standing.rule) {
    case 'nobody':
      return 'runs by itself';
    case 'one':
      return 'needs one approver';
    case 'another':
      return 'needs one other approver';
    case 'two':
      return standing.missing === 1 ? 'needs one more approver' : 'needs two approvers';
    case 'sole':
      return `needs the one approver, then waits ${Math.round(standing.waitMs / 60_000)} minutes for objections`;
    case 'own':
      return `needs whoever proposed it, who alone may approve, then waits ${Math.round(standing.waitMs / 60_000)} minutes for objections`;
  }
}

const approvedSoFar = ({ standing }: ProposalView): string =>
  `Approved by ${standing.counted.map(({ user }) => mention(user)).join(' and ')}; ${standing.missing} more needed.`;

/** When the effect is looked at, and what came of that in short: its thread has the figures. */
function effectPart({ effect }: Proposal, timezone: string): string[] {
  if (effect === null) return [];
  if (effect.result === null) return [`effect looked at ${momentFor(effect.dueAt, timezone)}`];
  return [effectWords(effect.expectation, effect.result).verdict.replace(/[.:]$/, '').toLowerCase()];
}

function footer({ proposal, standing, groups, stop }: ProposalView, timezone: string): string {
  const { number, proposedBy, editedBy, expiresAt, state } = proposal;
  const people = [...standing.from].slice(0, MOST_APPROVERS).map(mention);
  const may = [...people, ...groups.map(mention)];
  return [
    proposalName(number),
    proposedBy === 'system' ? 'suggested by Seepass' : `proposed by ${mention(proposedBy)}`,
    ...(editedBy === null ? [] : [`edited by ${mention(editedBy)}`]),
    ...(state === 'proposed' ? [`open until ${momentFor(expiresAt, timezone)}`] : []),
    ...(state === 'proposed' && standing.rule !== 'nobody'
      ? [
          may.length === 0
            ? standing.rule === 'another'
              ? ONLY_THEIRS
              : 'nobody may approve yet'
            : `may approve: ${may.join(', ')}${standing.from.size > MOST_APPROVERS ? ' and others' : ''}`,
        ]
      : []),
    ...effectPart(proposal, timezone),
    ...(stop === undefined || state !== 'proposed'
      ? []
      : [`everything is stopped by ${mention(stop.stoppedBy)}: nothing is carried out`]),
  ].join(' · ');
}
