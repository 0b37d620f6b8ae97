import type { DigestItem } from '../../core/delivery/digest-model.ts';
import { SLASH_COMMAND } from '../ids.ts';
import { quote } from '../mrkdwn.ts';
import { context, section } from './elements.ts';
import { buildNotice, type Rendered } from './notice.ts';
import { clipWords, plainLine, type WordingContext, wordItem } from './reading.ts';

/** The honest answer to a question in words, until questions can be answered. */
export function buildCannotAnswerYet(): Rendered {
  return buildNotice(
    `I cannot answer questions in words yet. Write "top" for what to fix next, or "#2" under a digest for why it is there; \`${SLASH_COMMAND} help\` lists what I understand.`,
  );
}

/** Why a priority is where it is, as a reply in the digest's thread. */
export function buildReason(item: DigestItem, wording: WordingContext): Rendered {
  const worded = wordItem(item, wording);
  const words = clipWords(worded);
  const reason = quote(item.explanation.likely_reason, 1200);
  return {
    text: `${plainLine(worded)}: ${reason}`,
    blocks: [section(`${words.title}\n${reason}`), ...(words.chips ? [context(words.chips)] : [])],
  };
}
