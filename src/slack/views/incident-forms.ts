import { type Incident, isLive } from '../../core/incident/incident.ts';
import { incidentName } from '../../core/incident/incident-ref.ts';
import { metricNoun } from '../../core/incident/incident-words.ts';
import type { JsonObject } from '../../core/records.ts';
import { addDays, dateInZone } from '../../core/window.ts';
import { INCIDENT_CALLBACKS, INCIDENT_INPUTS } from '../incident-ids.ts';
import { shorten } from '../mrkdwn.ts';
import { datePicker, formModal, input, menu, option, radioButtons, textInput, timePicker } from './form.ts';

export const SNOOZE_TITLE = 'Snooze until';
export const NONE_TITLE = 'Not an incident';
const NOTE = 300;
const MOST_OPTIONS = 100;

/** Asks for a day and a time, and why. @param metadata what the form carries back. */
export function buildSnoozeForm(
  incident: Incident,
  at: { now: number; timezone: string },
  metadata: string,
): JsonObject {
  const tomorrow = addDays(dateInZone(at.now, at.timezone), 1);
  return formModal(INCIDENT_CALLBACKS.snooze, { title: SNOOZE_TITLE, submit: 'Snooze', metadata }, [
    input(INCIDENT_INPUTS.date, `Quiet about ${nameOf(incident)} until`, datePicker(INCIDENT_INPUTS.date, tomorrow)),
    input(INCIDENT_INPUTS.time, 'At', timePicker(INCIDENT_INPUTS.time, '09:00'), {
      hint: `On the clock of ${at.timezone}. Its message still changes; nothing of it pings.`,
    }),
    input(INCIDENT_INPUTS.reason, 'A word for the others', textInput(INCIDENT_INPUTS.reason, NOTE), {
      isOptional: true,
      hint: 'Said in its thread.',
    }),
  ]);
}

/** Asks what it was instead. @param others live incidents it may be told in. */
export function buildNoneForm(incident: Incident, others: readonly Incident[], metadata: string): JsonObject {
  const candidates = others.filter((other) => other.id !== incident.id && isLive(other)).slice(0, MOST_OPTIONS);
  const { closure, duplicateOf, note } = INCIDENT_INPUTS;
  const choices = [
    option('A false alarm: nothing was wrong', 'false'),
    option('Expected: we knew, and it is fine', 'expected'),
    ...(candidates.length > 0 ? [option('A duplicate: told in another incident', 'duplicate')] : []),
  ];
  return formModal(INCIDENT_CALLBACKS.none, { title: NONE_TITLE, submit: 'Close it', metadata }, [
    input(closure, `What was ${nameOf(incident)}?`, radioButtons(closure, choices), {
      hint: 'False alarms count: a rule that brings too many is told in the digest only.',
    }),
    ...(candidates.length > 0
      ? [
          input(
            duplicateOf,
            'Of which incident, where it is a duplicate',
            menu(
              duplicateOf,
              'Choose an incident',
              candidates.map((other) => option(nameOf(other), other.id)),
            ),
            { isOptional: true },
          ),
        ]
      : []),
    input(note, 'A word for the others', textInput(note, NOTE), { isOptional: true }),
  ]);
}

const nameOf = ({ number, lead }: Incident): string =>
  `${incidentName(number)} ${shorten(lead.surface, 40)}, ${metricNoun(lead.metric)}`;
