/** What an incident's thread says of its history. */
import type { EntryKind, IncidentEntry } from './incident.ts';
import { isWorse } from './severity.ts';

/** Back inside normal and out again: once is news, and the message and the details have the rest. */
const TO_AND_FRO: readonly EntryKind[] = ['recovering', 'worsened'];

/** Whether an entry is a line of the thread. @param entries all of the incident so far, oldest first. */
export function isTold({ kind, sequence, details }: IncidentEntry, entries: readonly IncidentEntry[]): boolean {
  if (kind === 'eased') return false;
  const before = entries.filter((entry) => entry.sequence < sequence);
  const begun = before.findLastIndex((entry) => entry.kind === 'opened' || entry.kind === 'reopened');
  const ofThisTime = before.slice(Math.max(0, begun));
  if (kind === 'escalated') return ofThisTime.every((entry) => isNewsAfter(details.severity, entry));
  return !TO_AND_FRO.includes(kind) || !ofThisTime.some((entry) => entry.kind === kind);
}

/** Easing is not told, so the way back up to what was told before is no news either. */
function isNewsAfter(severity: IncidentEntry['details']['severity'], { kind, details }: IncidentEntry): boolean {
  if (kind === 'eased' || severity === undefined || details.severity === undefined) return true;
  return isWorse(severity, details.severity);
}
