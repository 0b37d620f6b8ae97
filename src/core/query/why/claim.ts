/** Sentences of an answer: figures come from facts alone, and no sentence claims more than its evidence carries. */
import { type Rung, withinRung } from '../../explain/ladder.ts';
import { say } from '../../explain/say.ts';
import type { Fact } from '../../records.ts';
import type { Span } from '../answer-body.ts';

/**
 * The first wording whose facts are all known; `{error_rate.now}` names one and `**…**` is strong.
 * @param rung what the evidence stands on; null for a sentence that claims nothing about why.
 * @throws RangeError where a wording claims more: a slip in our own words.
 */
export function claim(rung: Rung | null, facts: readonly Fact[], ...wordings: readonly string[]): Span[] | null {
  for (const wording of wordings) {
    const bound = withinRung(rung, wording)
      .split('**')
      .map((piece) => say(facts, piece));
    if (bound.every((text) => text !== null))
      return bound.flatMap((text, index): Span[] =>
        text === '' ? [] : index % 2 === 1 ? [{ text, strong: true }] : [{ text }],
      );
  }
  return null;
}

/** The sentences that could be said. */
export const told = (...sentences: readonly (Span[] | null)[]): Span[][] =>
  sentences.filter((sentence) => sentence !== null);
