/** Buttons and forms of a proposal's card, and what they carry: which one, and the version that was looked at. */
import { z } from 'zod';

/** Approve is the one of digests, see `ids.ts`. */
export const PROPOSAL_ACTIONS = {
  edit: 'proposal_edit',
  reject: 'proposal_reject',
  ask: 'proposal_ask',
  object: 'proposal_object',
  /** Shows its card in a dialog. */
  open: 'proposal_open',
} as const;

export const PROPOSAL_CALLBACKS = {
  edit: 'proposal_edit_form',
  reject: 'proposal_reject_form',
  ask: 'proposal_ask_form',
  /** Of the dialog that shows a card: nothing is submitted. */
  open: 'proposal_modal',
} as const;

/** Inputs of the forms: block and action share a name; those of Edit are the parameters', behind a prefix. */
export const PROPOSAL_INPUTS = { reason: 'reject_reason', question: 'ask_question' } as const;
export const editInput = (parameter: string): string => `edit_${parameter}`;

/** What a form carries back: what it is about, and where its button was. */
export const proposalFormSchema = z.object({
  proposal: z.string(),
  channel: z.string(),
  /** The thread the card is in; null where only whoever pressed sees it. */
  thread: z.string().nullable(),
});
export type ProposalForm = z.infer<typeof proposalFormSchema>;

export interface PressedProposal {
  id: string;
  version: number;
}

export const encodeProposal = ({ id, version }: PressedProposal): string => `${id}/${version}`;

/** Undefined where the value is not one of ours. */
export function decodeProposal(value: string): PressedProposal | undefined {
  const [, id, version] = /^([0-9a-f-]{36})\/(\d{1,6})$/i.exec(value) ?? [];
  return id === undefined ? undefined : { id, version: Number(version) };
}
