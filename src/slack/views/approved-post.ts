import { clip, escapeEntities } from '../mrkdwn.ts';
import { context, section } from './elements.ts';
import { mention } from './mention.ts';
import type { Rendered } from './notice.ts';

/** Words that somebody approved to be posted; under them, whose they are. */
export function buildApprovedPost(
  text: string,
  { proposal, approvedBy }: { proposal: string; approvedBy: readonly string[] },
): Rendered {
  const said = escapeEntities(clip(text, 2_500));
  const by = approvedBy.length === 0 ? '' : `, approved by ${approvedBy.map(mention).join(' and ')}`;
  return { text: said, blocks: [section(said), context(`Posted for ${proposal}${by}`)] };
}
