import { BOT, type ProposalSubject, subjectKey } from '../../core/proposal/proposal.ts';
import type { Json, JsonObject, SuggestedAction } from '../../core/records.ts';

/**
 * Two with the same key are one proposal: the bot suggests a type of action once about a day's priority, whatever it
 * would do; all else is told apart by what it would do, who proposes it, and on what occasion.
 */
export function proposalKey(
  subject: ProposalSubject,
  action: SuggestedAction,
  proposedBy: string,
  occasion?: string,
): string {
  const about = `${subjectKey(subject)}:${action.type}`;
  if (subject.kind === 'priority' && proposedBy === BOT) return about;
  const once = `${about}:${proposedBy}:${JSON.stringify(sorted(action.parameters))}`;
  return occasion === undefined ? once : `${once}:${occasion}`;
}

const sorted = (value: Json): Json =>
  Array.isArray(value) ? value.map(sorted) : value !== null && typeof value === 'object' ? sortedKeys(value) : value;

const sortedKeys = (value: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] ?? null)]),
  );
