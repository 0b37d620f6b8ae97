/** How readings are made: an answer of some kind, or an abstention with ways on. */
import type { Choice, Intent, Reading, Reason } from '../reading.ts';
import type { Sentence } from './sentence.ts';

/** The most ways on that are offered. */
const MOST_CHOICES = 3;

/** A reading that is sure, with nothing to compute yet. */
export function plain(intent: Intent): Reading {
  return { intent, query: null, reason: null, confidence: 1, choices: [], about: null, notes: [] };
}

/** A refusal, or a question back. */
export function abstain(
  intent: 'refuse' | 'clarify',
  reason: Reason,
  about: string,
  choices: readonly Choice[],
): Reading {
  return { ...plain(intent), reason, about, choices: choices.slice(0, MOST_CHOICES) };
}

/** What was read differently from how it is typed. */
export const notesOf = ({ corrected }: Sentence): string[] =>
  corrected.map(({ from, to }) => `"${from}" read as "${to}"`);
