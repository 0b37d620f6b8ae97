/** An answer's words as they are streamed: standard Markdown, piece by piece. */
import type { Span } from '../../core/query/answer-body.ts';
import { escapeMarkdown } from '../markdown.ts';
import { clip } from '../mrkdwn.ts';

const HEADLINE = 600;
const SENTENCE = 500;

export const headlineMarkdown = (spans: readonly Span[]): string =>
  spansMarkdown(spans, HEADLINE) || 'Here is the answer.';

/** One more sentence. @param nth 0 begins the paragraph under the headline; one that begins strongly begins a line. */
export function sentenceMarkdown(spans: readonly Span[], nth: number): string {
  const text = spansMarkdown(spans, SENTENCE);
  if (text === '') return '';
  return `${nth === 0 || spans[0]?.strong === true ? '\n\n' : ' '}${text}`;
}

function spansMarkdown(spans: readonly Span[], limit: number): string {
  let left = limit;
  let out = '';
  for (const { text, strong } of spans) {
    if (left <= 1) break;
    const cut = clip(text, left);
    left -= cut.length;
    const [, lead = '', words = '', trail = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(cut) ?? [];
    const safe = escapeMarkdown(words);
    const marked = strong && safe !== '' ? `**${safe}**` : safe;
    out += `${lead === '' ? '' : ' '}${marked}${trail === '' ? '' : ' '}`;
  }
  return out.trim();
}
