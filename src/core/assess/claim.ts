/** Sentences with the facts they stand on. */
import { say } from '../explain/say.ts';
import type { Fact } from '../records.ts';
import type { Claim } from './assessment.ts';

const PLACEHOLDER = /\{([a-z0-9_.]+)\}/g;

/** The first wording whose figures are all known, with the ids of the facts in it; null where none can be said. */
export function claim(facts: readonly Fact[], ...wordings: readonly string[]): Claim | null {
  for (const wording of wordings) {
    const text = say(facts, wording);
    if (text !== null) return { text, factIds: idsIn(wording) };
  }
  return null;
}

/** @throws RangeError where no wording can be said: the last one must need no fact. */
export function mustClaim(facts: readonly Fact[], ...wordings: readonly string[]): Claim {
  const said = claim(facts, ...wordings);
  if (said === null) throw new RangeError(`nothing can be said of "${wordings.at(-1)}"`);
  return said;
}

/** A text that was written from these facts elsewhere, with the ids of those whose words are in it. */
export const claimFrom = (text: string, facts: readonly Fact[]): Claim => ({
  text,
  factIds: facts.filter((fact) => fact.text.length > 1 && text.includes(fact.text)).map(({ id }) => id),
});

const idsIn = (wording: string): string[] => [...new Set([...wording.matchAll(PLACEHOLDER)].map(([, id = '']) => id))];
