import type { App } from '@slack/bolt';
import { SeepassError } from '../../errors.ts';
import { createInOrder } from '../../pipeline/ask/in-order.ts';
import { decodeQuestion, type QuestionValue } from '../answer-value.ts';
import { askFor } from '../ask-for.ts';
import { conversationId, createConverse } from '../conversation.ts';
import type { ListenerDeps } from '../deps.ts';
import { ASK_ACTION } from '../ids.ts';
import { type BlockAction, blockActionSchema } from '../payloads.ts';
import { findReceipt, placeOf } from '../pressed-answer.ts';
import { respondTo } from '../respond.ts';
import { returnTo } from '../thread-start.ts';
import { buildAnswerMessage } from '../views/answer.ts';
import { guard } from './guard.ts';
import { tellPresser } from './tell.ts';

/**
 * "Why?", "By release", a reading to choose: the question is asked for whoever pressed, about the answer it stands
 * under whatever was asked in the thread since. An answer that only they see is replaced by the new one.
 */
export function registerAnswerQuestions(app: App, deps: ListenerDeps): void {
  const converse = createConverse(deps);
  const inOrder = createInOrder();

  async function askAloud(pressed: BlockAction, { receipt, question }: QuestionValue): Promise<void> {
    const { reader, thread } = placeOf(pressed);
    const { channel, user } = reader;
    const conversation = conversationId(deps, thread);
    await inOrder(`${channel} ${conversation}`, async () => {
      if (receipt !== null)
        await returnTo(deps.stores, { channel, thread: conversation }, await findReceipt(deps, receipt));
      await converse({ user, team: pressed.team?.id, channel, thread, question, asked: { by: user, question } });
    });
  }

  async function askQuietly(pressed: BlockAction, { receipt, question }: QuestionValue, url: string): Promise<void> {
    const { reader, place } = placeOf(pressed);
    // An answer nobody else sees is a conversation of its own.
    const threadId = receipt === null ? null : `receipt ${receipt}`;
    await inOrder(`${reader.channel} ${threadId}`, async () => {
      if (receipt !== null && threadId !== null)
        await returnTo(deps.stores, { channel: reader.channel, thread: threadId }, await findReceipt(deps, receipt));
      const answer = await askFor(deps, { ...reader, question, threadId });
      const asked = { by: reader.user, question };
      await respondTo(url, buildAnswerMessage(answer, { place, asked }), 'replace');
    });
  }

  app.action(ASK_ACTION, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    await guard(deps.log, {
      what: 'I could not answer',
      about: { action: pressed.actions[0]?.action_id, user: pressed.user.id, channel: pressed.channel?.id },
      tell: (notice) => tellPresser(deps, pressed, notice),
      work: async () => {
        const value = decodeQuestion(pressed.actions[0]?.value ?? '');
        if (!value) throw new SeepassError('bad_arguments', 'That button is not one of mine any more.');
        const { isEphemeral } = placeOf(pressed);
        if (isEphemeral && pressed.response_url) await askQuietly(pressed, value, pressed.response_url);
        else await askAloud(pressed, value);
      },
    });
  });
}
