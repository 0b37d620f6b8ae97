import type { DigestItem } from '../../core/delivery/digest-model.ts';
import { SLASH_COMMAND } from '../ids.ts';
import { quote } from '../mrkdwn.ts';
import { context, section } from './elements.ts';
import { buildNotice, type Rendered } from './notice.ts';
import { itemTitle } from './priority-item.ts';
import { readItem, type WordingContext } from './reading.ts';

/** The honest answer to a question in words, until questions can be answered. */
export function buildCannotAnswerYet(): Rendered {
  return buildNotice(
    `I cannot answer questions yet. \`${SLASH_COMMAND} top\` shows what to fix next, \`${SLASH_COMMAND} help\` lists what I understand; ` +
      'under a digest, write "#2" and I say why it is there.',
  );
}

/** Why a priority is where it is, as a reply in the digest's thread. */
export function buildReason(item: DigestItem, wording: WordingContext): Rendered {
  const words = readItem(item, wording);
  const reason = quote(item.explanation.likely_reason, 1200);
  return {
    text: `${words.headline}. ${reason}`,
    blocks: [
      section(`${itemTitle(item.priority.rank, words)}\n${reason}`),
      ...(words.chips ? [context(words.chips)] : []),
    ],
  };
}
