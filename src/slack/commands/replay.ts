import { readReceiptId } from '../../core/query/answer/receipt-id.ts';
import { SeepassError } from '../../errors.ts';
import { whoAsks } from '../ask-for.ts';
import type { SlackCommand } from '../command.ts';
import { buildBodyMessage } from '../views/answer.ts';

export const replayCommand: SlackCommand = {
  name: 'replay',
  usage: '<receipt>',
  summary: 'Compute an earlier answer again: did it move, and why? `/seepass replay 8F2K7M3Q`',
  purpose: 'I could not compute that again',
  isMeant: (text) => /^(?:receipt\s+)?\S*$/i.test(text),
  async run({ user, channel, text, audience }, deps) {
    const receipt = readReceiptId(text.replace(/^receipt\s+/i, ''));
    if (!/^[0-9A-Z]{8}$/.test(receipt))
      throw new SeepassError('bad_arguments', 'I need the receipt of an answer: eight letters and digits.', {
        fix: 'It stands under every answer, for example `/seepass replay 8F2K7M3Q`.',
      });
    const by = await whoAsks(deps, { user, channel, audience });
    const { body, text: words } = await deps.answering.replay({ ...by, receipt });
    return buildBodyMessage(body, words);
  },
};
