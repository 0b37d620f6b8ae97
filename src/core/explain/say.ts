import { bindFacts } from '../facts/bind.ts';
import type { Fact } from '../records.ts';

/**
 * The first wording whose figures are all known, with the figures put in: `{error_rate.current}` names a fact.
 * Wordings go from richest to plainest, so that missing data shortens a sentence and never invents a figure.
 * Null when none can be said.
 */
export function say(facts: readonly Fact[], ...wordings: readonly string[]): string | null {
  for (const wording of wordings) {
    const bound = bindFacts(wording.replace(/\{([a-z0-9_.]+)\}/g, '{{fact:$1}}'), facts);
    if (bound.ok) return bound.text;
  }
  return null;
}

/** Joins what could be said. */
export function sentences(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' ');
}
