import { type Incident, isLive } from '../../core/incident/incident.ts';
import { incidentName } from '../../core/incident/incident-ref.ts';
import type { JsonObject } from '../../core/records.ts';
import { encodeIncident, encodeSnooze, INCIDENT_ACTIONS, type SnoozeChoice } from '../incident-ids.ts';
import { button } from './elements.ts';
import { menu, option } from './form.ts';

const SNOOZES: readonly (readonly [SnoozeChoice, string])[] = [
  ['1h', 'for 1 hour'],
  ['6h', 'for 6 hours'],
  ['1d', 'for 1 day'],
  ['1w', 'for 1 week'],
  ['until', 'until a date …'],
];

/** What can be done to an incident as it stands, the first thing first. */
export function incidentButtons(incident: Incident): JsonObject[] {
  const { acknowledge, resolve, none, details, reopen } = INCIDENT_ACTIONS;
  if (!isLive(incident)) return [press(incident, 'Reopen', reopen), press(incident, 'Details', details)];
  return [
    incident.owner === null
      ? press(incident, "I'm on it", acknowledge, 'primary')
      : press(incident, 'Resolve', resolve, 'primary'),
    snooze(incident),
    press(incident, 'Not an incident', none),
    press(incident, 'Details', details),
  ];
}

/** A button that acts on the incident. */
export const press = (incident: Incident, label: string, actionId: string, style?: 'primary'): JsonObject =>
  button(label, {
    actionId,
    value: encodeIncident(incident),
    describedAs: `${label}: ${incidentName(incident.number)}`,
    ...(style === undefined ? {} : { style }),
  });

const snooze = (incident: Incident): JsonObject =>
  incident.snoozedUntil === null
    ? menu(
        INCIDENT_ACTIONS.snooze,
        'Snooze',
        SNOOZES.map(([choice, label]) => option(label, encodeSnooze(choice, incident))),
      )
    : press(incident, 'End snooze', INCIDENT_ACTIONS.wake);
