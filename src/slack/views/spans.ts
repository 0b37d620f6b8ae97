import type { Span } from '../../core/query/answer-body.ts';
import { clip, escapeText } from '../mrkdwn.ts';

/** Spans as mrkdwn: escaped, the strong ones bold, at most `limit` characters before escaping. */
export function spansMrkdwn(spans: readonly Span[], limit: number): string {
  let left = limit;
  let out = '';
  for (const { text, strong } of spans) {
    if (left <= 1) break;
    const cut = clip(text, left);
    left -= cut.length;
    const [, lead = '', words = '', trail = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(cut) ?? [];
    const safe = escapeText(words);
    const marked = strong && safe !== '' ? `*${safe}*` : safe;
    out += `${lead === '' ? apart(out, marked) : ' '}${marked}${trail === '' ? '' : ' '}`;
  }
  return out.trim();
}

/** Slack takes a star for bold only where no letter or digit touches it from outside. */
function apart(before: string, next: string): string {
  const touches = next.startsWith('*')
    ? /[\p{L}\p{N}]$/u.test(before)
    : before.endsWith('*') && /^[\p{L}\p{N}]/u.test(next);
  return touches ? '\u200b' : '';
}
