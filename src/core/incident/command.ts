/** What people may do to an incident, by button or by slash command; the clock has its own words. */
import type { Closure } from './incident.ts';

export type IncidentCommand =
  | { kind: 'acknowledge' }
  /** Gives up being its owner. */
  | { kind: 'release' }
  | { kind: 'snooze'; until: number; note: string | null }
  | { kind: 'wake' }
  | { kind: 'resolve'; note: string | null }
  | { kind: 'reopen' }
  | { kind: 'close'; closure: Exclude<Closure, 'duplicate'>; note: string | null }
  | { kind: 'close'; closure: 'duplicate'; duplicateOf: string; note: string | null };
