import type { AnswerBody, Span } from '../answer-body.ts';

export const strong = (text: string): Span => ({ text, strong: true });
export const plain = (text: string): Span => ({ text });

/** A sentence that stays as it is, whoever words the rest. */
export const fixed = (spans: readonly Span[]): Span[] => spans.map((span) => ({ ...span, fixed: true }));

/** An answer that says one thing; the rest is added where there is more. */
export function bodyOf(headline: readonly Span[], more: Partial<Omit<AnswerBody, 'headline'>> = {}): AnswerBody {
  return {
    headline,
    sentences: [],
    quotes: [],
    table: null,
    series: null,
    context: [],
    links: [],
    followUps: [],
    facts: [],
    rows: [],
    ...more,
  };
}

/** What was read otherwise than written, as a sentence: `I read "erors" as "errors".` */
export const noteSentence = (note: string): string =>
  note.includes(' read as ')
    ? `I read ${note.replace(' read as ', ' as ')}.`
    : `${note.charAt(0).toUpperCase()}${note.slice(1)}.`;

export const spansText = (spans: readonly Span[]): string => spans.map(({ text }) => text).join('');
