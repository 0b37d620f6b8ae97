import { askFor } from '../ask-for.ts';
import type { SlackCommand } from '../command.ts';
import { typedText } from '../typed-text.ts';
import { buildAnswerMessage } from '../views/answer.ts';

export const askCommand: SlackCommand = {
  name: 'ask',
  usage: '<question>',
  summary: 'Ask as you would ask a colleague. `/seepass ask error rate on checkout last week`',
  purpose: 'I could not answer',
  auditsItself: true,
  async run({ user, channel, text, audience }, deps) {
    const answer = await askFor(deps, { user, channel, question: typedText(text), audience, threadId: null });
    return buildAnswerMessage(answer, { place: placeOf(channel, audience) });
  },
};

const placeOf = (channel: string, audience: 'asker' | 'thread'): 'asker' | 'direct' | 'thread' =>
  channel.startsWith('D') ? 'direct' : audience;
