import type { App } from '@slack/bolt';
import type { JsonObject } from '../../core/records.ts';
import { SeepassError } from '../../errors.ts';
import { askFor } from '../ask-for.ts';
import { createConverse } from '../conversation.ts';
import type { ListenerDeps } from '../deps.ts';
import { type Submission, submissionSchema } from '../payloads.ts';
import {
  decodeProposal,
  editInput,
  PROPOSAL_CALLBACKS,
  PROPOSAL_INPUTS,
  type ProposalForm,
  proposalFormSchema,
} from '../proposal-ids.ts';
import { typedText } from '../typed-text.ts';
import { buildAnswerMessage } from '../views/answer.ts';
import type { Rendered } from '../views/notice.ts';
import { guard } from './guard.ts';
import { tellInChannel } from './incident-press.ts';
import { actOn } from './proposals.ts';

interface Alone {
  user: string;
  channel: string;
  question: string;
  tell(notice: Rendered): Promise<void>;
}

/** The forms of a proposal. What an edit gets wrong is said in the form; nothing is changed by it. */
export function registerProposalForms(app: App, deps: ListenerDeps): void {
  const converse = createConverse(deps);

  app.view(PROPOSAL_CALLBACKS.edit, async ({ ack, body }) => {
    const { sent, form, id, version } = read(body);
    const view = await deps.proposals.view(id);
    const edited = readFields(sent, view.fields);
    if ('errors' in edited) {
      await ack({ response_action: 'errors', errors: edited.errors });
      return;
    }
    await ack();
    await work(sent, form, 'I could not change that', (hand) =>
      actOn(deps, id, { kind: 'edit', version, parameters: edited.parameters }, hand),
    );
  });

  app.view(PROPOSAL_CALLBACKS.reject, async ({ ack, body }) => {
    await ack();
    const { sent, form, id } = read(body);
    const reason = typedIn(sent, PROPOSAL_INPUTS.reason)?.trim() || null;
    await work(sent, form, 'I could not reject that', (hand) => actOn(deps, id, { kind: 'reject', reason }, hand));
  });

  app.view(PROPOSAL_CALLBACKS.ask, async ({ ack, body }) => {
    await ack();
    const { sent, form } = read(body);
    const question = typedIn(sent, PROPOSAL_INPUTS.question) ?? '';
    const { channel, thread } = form;
    await work(sent, form, 'I could not answer', ({ user, tell }) =>
      thread === null
        ? answerAlone({ user, channel, question, tell })
        : converse({ ...{ user, channel, question, team: sent.team?.id, thread }, asked: { by: user, question } }),
    );
  });

  /** What is asked of a card that only one person sees is answered to that person. */
  async function answerAlone({ user, channel, question, tell }: Alone): Promise<void> {
    const asked = { user, channel, question: typedText(question), audience: 'asker', threadId: null } as const;
    await tell(buildAnswerMessage(await askFor(deps, asked), { place: 'asker' }));
  }

  function work(
    sent: Submission,
    { channel }: ProposalForm,
    what: string,
    act: (hand: Parameters<typeof actOn>[3]) => Promise<void>,
  ): Promise<void> {
    const user = sent.user.id;
    const tell = tellInChannel(deps, user, channel);
    const hand = { user, channel: channel === '' ? null : channel, tell };
    return guard(deps.log, { what, about: { form: sent.view.callback_id, user }, tell, work: () => act(hand) });
  }
}

function read(body: unknown) {
  const sent = submissionSchema.parse(body);
  const form = proposalFormSchema.parse(JSON.parse(sent.view.private_metadata));
  const pressed = decodeProposal(form.proposal);
  if (pressed === undefined) throw new SeepassError('bad_arguments', 'That form is not one of mine any more.');
  return { sent, form, ...pressed };
}

const typedIn = ({ view }: Submission, name: string) => view.state.values[name]?.[name]?.value;

/** By parameter; a number has to be one. */
function readFields(
  sent: Submission,
  fields: readonly { name: string; kind: string }[],
): { parameters: JsonObject } | { errors: Record<string, string> } {
  const parameters: JsonObject = {};
  const errors: Record<string, string> = {};
  for (const { name, kind } of fields) {
    const id = editInput(name);
    const said = sent.view.state.values[id]?.[id];
    const text = (said?.selected_option?.value ?? said?.value ?? '').trim();
    if (kind !== 'number') parameters[name] = text;
    else if (/^-?\d+(?:[.,]\d+)?$/.test(text)) parameters[name] = Number(text.replace(',', '.'));
    else errors[id] = 'A number, such as 3.';
  }
  return Object.keys(errors).length > 0 ? { errors } : { parameters };
}
