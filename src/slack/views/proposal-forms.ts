import type { ActionField } from '../../core/actions.ts';
import { proposalName } from '../../core/proposal/proposal.ts';
import type { ProposalView } from '../../core/proposal/proposal-view.ts';
import type { JsonObject } from '../../core/records.ts';
import { clip, shorten } from '../mrkdwn.ts';
import { editInput, PROPOSAL_CALLBACKS, PROPOSAL_INPUTS } from '../proposal-ids.ts';
import { formModal, input, lineInput, menu, option, textInput } from './form.ts';

export const EDIT_TITLE = 'Edit';
export const REJECT_TITLE = 'Reject';
export const ASK_TITLE = 'Ask about it';
const LINE = 300;
const TEXT = 3_000;
const REASON = 300;

/** Asks for the parameters that may be edited, as they are. @param metadata what the form carries back. */
export function buildEditForm({ proposal, fields }: ProposalView, metadata: string): JsonObject {
  const { parameters } = proposal.action;
  return formModal(
    PROPOSAL_CALLBACKS.edit,
    { title: EDIT_TITLE, submit: 'Propose this', metadata },
    fields.map((field, place) => {
      const hint = [field.hint, place === 0 ? 'Whoever edits it cannot approve it.' : undefined]
        .filter(Boolean)
        .join('. ');
      return input(
        editInput(field.name),
        field.label,
        elementOf(field, parameters[field.name]),
        hint === '' ? {} : { hint },
      );
    }),
  );
}

function elementOf({ name, kind, options = [] }: ActionField, value: unknown): JsonObject {
  const id = editInput(name);
  const now = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  switch (kind) {
    case 'choice': {
      const choices = options.slice(0, 100).map((one) => option(one, one));
      return menu(id, 'Choose', choices, choices[options.indexOf(now)]);
    }
    case 'text':
      return { ...textInput(id, TEXT), initial_value: clip(now, TEXT) };
    default:
      return lineInput(id, {
        longest: LINE,
        initial: clip(now, LINE),
        placeholder: kind === 'number' ? 'A number' : 'Text',
      });
  }
}

/** Asks why not. */
export function buildRejectForm({ proposal }: ProposalView, metadata: string): JsonObject {
  const { reason } = PROPOSAL_INPUTS;
  return formModal(PROPOSAL_CALLBACKS.reject, { title: REJECT_TITLE, submit: 'Reject it', metadata }, [
    input(reason, `Why not ${nameOf(proposal)}?`, textInput(reason, REASON), {
      isOptional: true,
      hint: 'Said in its thread.',
    }),
  ]);
}

/** Asks for a question about what it is about. */
export function buildAskForm({ proposal }: ProposalView, metadata: string): JsonObject {
  const { question } = PROPOSAL_INPUTS;
  return formModal(PROPOSAL_CALLBACKS.ask, { title: ASK_TITLE, submit: 'Ask', metadata }, [
    input(question, `What would you know about ${nameOf(proposal)}?`, textInput(question, REASON), {
      hint: 'Answered from the figures: in its thread, or to you where only you see it. For example: error rate by release since yesterday',
    }),
  ]);
}

const nameOf = ({ number, action }: ProposalView['proposal']): string =>
  `${proposalName(number)}, ${shorten(action.title, 60)}`;
