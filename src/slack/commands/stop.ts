import { ConflictError } from '../../errors.ts';
import type { SlackCommand } from '../command.ts';
import { isDirect } from '../send.ts';
import { buildNotice, type Rendered } from '../views/notice.ts';
import { stopWords } from '../views/stop-notice.ts';

const WHAT_IT_MEANS =
  'What is approved waits, and can still be objected to; what has begun runs to its end. `/seepass resume` lets actions run again.';

export const stopCommand: SlackCommand = {
  name: 'stop',
  usage: '[reason]',
  summary: 'Hold all actions at once, for approvers and admins. `/seepass stop the deploys hang`',
  purpose: 'I could not stop the actions',
  // In a conversation it is a word of many sentences: alone it can only mean this.
  isMeant: (text) => text === '',
  async run({ text, user, channel }, { stop, timezone }) {
    const notice = (words: string): Rendered => buildNotice(`${words}\n${WHAT_IT_MEANS}`);
    try {
      const by = { actor: user, channel: isDirect(channel) || channel === '' ? null : channel };
      return notice(stopWords(await stop.stop(text === '' ? null : text, by), timezone));
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      const held = await stop.get();
      if (held === undefined) throw error;
      return notice(stopWords(held, timezone));
    }
  },
};
