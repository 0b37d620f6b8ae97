/** Every button, menu and modal of incidents, and of what is quiet about them. */
import { z } from 'zod';

export const INCIDENT_ACTIONS = {
  acknowledge: 'incident_acknowledge',
  handBack: 'incident_hand_back',
  snooze: 'incident_snooze',
  wake: 'incident_wake',
  none: 'incident_none',
  details: 'incident_details',
  resolve: 'incident_resolve',
  reopen: 'incident_reopen',
  ignorePage: 'incident_ignore_page',
  ignoreError: 'incident_ignore_error',
  liftMute: 'mute_lift',
  cancelMaintenance: 'maintenance_cancel',
} as const;

export const INCIDENT_CALLBACKS = {
  details: 'incident_details_modal',
  snooze: 'incident_snooze_modal',
  none: 'incident_none_modal',
} as const;

/** Inputs of the two forms: block and action share a name. */
export const INCIDENT_INPUTS = {
  date: 'snooze_date',
  time: 'snooze_time',
  reason: 'snooze_reason',
  closure: 'none_closure',
  duplicateOf: 'none_duplicate_of',
  note: 'none_note',
} as const;

/** How long the snooze menu offers; `until` opens a form. */
const SNOOZE_CHOICES = ['1h', '6h', '1d', '1w', 'until'] as const;
export type SnoozeChoice = (typeof SNOOZE_CHOICES)[number];

/** What a button was made for: an incident, and the revision of it that its message showed. */
export interface PressedIncident {
  id: string;
  revision: number;
}

/** `<incident id>:<revision>`. */
export const encodeIncident = ({ id, revision }: PressedIncident): string => `${id}:${revision}`;

/** Undefined for a value that is not ours. */
export function decodeIncident(value: string): PressedIncident | undefined {
  const match = /^([0-9a-f-]{36}):(\d{1,9})$/.exec(value);
  return match === null ? undefined : { id: match[1] ?? '', revision: Number(match[2]) };
}

export const encodeSnooze = (choice: SnoozeChoice, incident: PressedIncident): string =>
  `${choice} ${encodeIncident(incident)}`;

export function decodeSnooze(value: string): { choice: SnoozeChoice; incident: PressedIncident } | undefined {
  const [word = '', rest = ''] = value.split(' ');
  const choice = SNOOZE_CHOICES.find((known) => known === word);
  const incident = decodeIncident(rest);
  return choice === undefined || incident === undefined ? undefined : { choice, incident };
}

/** What a form of ours carries: its incident, and where its button was pressed. */
export const formMetadataSchema = z.object({ incident: z.string(), channel: z.string(), ts: z.string().nullable() });
export type FormMetadata = z.infer<typeof formMetadataSchema>;
