/** What an incident's thread says of its history. */
import type { EntryKind, IncidentEntry } from './incident.ts';

/** Back inside normal and out again: once is news, and the message and the details have the rest. */
const TO_AND_FRO: readonly EntryKind[] = ['recovering', 'worsened'];

/** Whether an entry is a line of the thread. @param entries all of the incident so far, oldest first. */
export function isTold({ kind, sequence }: IncidentEntry, entries: readonly IncidentEntry[]): boolean {
  if (kind === 'eased') return false;
  if (!TO_AND_FRO.includes(kind)) return true;
  const before = entries.filter((entry) => entry.sequence < sequence);
  const begun = before.findLastIndex((entry) => entry.kind === 'opened' || entry.kind === 'reopened');
  return !before.slice(begun + 1).some((entry) => entry.kind === kind);
}
