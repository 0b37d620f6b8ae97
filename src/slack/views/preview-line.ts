import type { PreviewLine } from '../../core/actions.ts';
import { formatMoment } from '../../core/facts/render.ts';
import { quote } from '../mrkdwn.ts';
import { mention } from './mention.ts';

const LONGEST = 500;

/** A line of what an action will do: its words escaped, ids by name, moments in an IANA zone. */
export function previewText(line: PreviewLine, timezone: string): string {
  return line
    .map((part) => {
      if (typeof part === 'string') return quoteBeside(part);
      return 'id' in part ? mention(part.id) : formatMoment(part.at, timezone);
    })
    .join('');
}

/** The same for a dialog that takes plain text alone, in which nobody is mentioned. */
export const plainPreview = (line: PreviewLine, timezone: string): string =>
  line
    .map((part) => (typeof part === 'string' ? part : 'id' in part ? part.id : formatMoment(part.at, timezone)))
    .join('');

/** `quote` trims, and these words stand beside names. */
function quoteBeside(text: string): string {
  const [, before = '', after = ''] = /^(\s?).*?(\s?)$/s.exec(text) ?? [];
  return `${before}${quote(text, LONGEST)}${after}`;
}
