/** What the clock alone does to incidents. */
import { awake, changeOf, type IncidentChange, SYSTEM } from './change.ts';
import { type Incident, isLive } from './incident.ts';

/** Ends the snoozes that are over. @param at epoch milliseconds. */
export function wakeSnoozed(incidents: readonly Incident[], at: number): IncidentChange[] {
  return incidents
    .filter((incident) => isLive(incident) && incident.snoozedUntil !== null && incident.snoozedUntil <= at)
    .map((incident) => changeOf(incident, awake(), [{ at, actor: SYSTEM, kind: 'woken', details: {} }]));
}
