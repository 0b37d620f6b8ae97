import { z } from 'zod';
import { claimOf, RUNG_VERBS } from '../core/explain/ladder.ts';
import { spansText } from '../core/query/answer/spans.ts';
import type { AnswerBody } from '../core/query/answer-body.ts';
import { fence } from './fence.ts';

/** What prompts/narrate-answer.md is sent. */
export const narrateInput = z.object({
  facts: z.array(z.object({ id: z.string(), label: z.string(), text: z.string() })),
  template: z.object({ headline: z.string(), sentences: z.array(z.string()), kept: z.array(z.string()) }),
  verb: z.string().nullable(),
});

/** What it answers; what may be said is checked by `bindSentence`. */
export const narrateOutput = z.strictObject({ sentences: z.array(z.string()) });

const LONGEST_NAME = 120;
const LONGEST_SENTENCE = 600;
const MOST_FACTS = 80;

/** The facts and the template's words: names that strangers gave are fenced wherever they stand. */
export function buildNarrateInput({ facts, headline, sentences }: AnswerBody): z.infer<typeof narrateInput> {
  const texts = sentences.map((spans) => ({
    text: fence(spansText(spans), LONGEST_SENTENCE),
    isKept: spans.some((span) => span.fixed === true),
  }));
  const claim = claimOf([headline, ...sentences].map(spansText).join(' '));
  return {
    facts: facts.slice(0, MOST_FACTS).map(({ id, label, text, unit }) => ({
      id,
      label,
      text: unit === 'name' ? fence(text, LONGEST_NAME) : text,
    })),
    template: {
      headline: fence(spansText(headline), LONGEST_SENTENCE),
      sentences: texts.filter(({ isKept }) => !isKept).map(({ text }) => text),
      kept: texts.filter(({ isKept }) => isKept).map(({ text }) => text),
    },
    verb: claim === null || claim === 'reversed' ? null : RUNG_VERBS[claim],
  };
}
