import type { PreviewLine } from '../../core/actions.ts';
import { quote } from '../mrkdwn.ts';
import { mention } from './mention.ts';

const LONGEST = 500;

/** A line of what an action will do: its words escaped, its ids as Slack shows people, groups and channels. */
export function previewText(line: PreviewLine): string {
  return line.map((part) => (typeof part === 'string' ? quoteWithin(part) : mention(part.id))).join('');
}

/** `quote` trims, and words stand beside names here. */
function quoteWithin(text: string): string {
  const [, before = '', after = ''] = /^(\s?).*?(\s?)$/s.exec(text) ?? [];
  return `${before}${quote(text, LONGEST)}${after}`;
}
