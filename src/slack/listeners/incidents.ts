import type { App } from '@slack/bolt';
import type { IncidentCommand } from '../../core/incident/command.ts';
import { addDuration, type Duration } from '../../core/when/duration.ts';
import { SeepassError } from '../../errors.ts';
import type { ListenerDeps } from '../deps.ts';
import {
  decodeSnooze,
  encodeIncident,
  type FormMetadata,
  INCIDENT_ACTIONS,
  INCIDENT_CALLBACKS,
  type PressedIncident,
  type SnoozeChoice,
} from '../incident-ids.ts';
import { type BlockAction, blockActionSchema } from '../payloads.ts';
import { buildIncidentDetails, DETAILS_TITLE } from '../views/incident-details.ts';
import { buildNoneForm, buildSnoozeForm, NONE_TITLE, SNOOZE_TITLE } from '../views/incident-forms.ts';
import { guard } from './guard.ts';
import { findPressed, type Hand, pressIncident, readPressed, tellBeside } from './incident-press.ts';
import { openModal } from './modal.ts';

const HOUR = 3_600_000;

const LENGTHS: Readonly<Record<Exclude<SnoozeChoice, 'until'>, Duration>> = {
  '1h': { days: 0, milliseconds: HOUR },
  '6h': { days: 0, milliseconds: 6 * HOUR },
  '1d': { days: 1, milliseconds: 0 },
  '1w': { days: 7, milliseconds: 0 },
};

const PLAIN: readonly { actionId: string; command: IncidentCommand; what: string }[] = [
  { actionId: INCIDENT_ACTIONS.acknowledge, command: { kind: 'acknowledge' }, what: 'I could not note who is on it' },
  { actionId: INCIDENT_ACTIONS.handBack, command: { kind: 'release' }, what: 'I could not hand it back' },
  { actionId: INCIDENT_ACTIONS.wake, command: { kind: 'wake' }, what: 'I could not end the snooze' },
  { actionId: INCIDENT_ACTIONS.resolve, command: { kind: 'resolve', note: null }, what: 'I could not resolve it' },
  { actionId: INCIDENT_ACTIONS.reopen, command: { kind: 'reopen' }, what: 'I could not reopen it' },
];

/** The buttons under an incident; each acknowledges first, and whoever comes second is told who was first. */
export function registerIncidents(app: App, deps: ListenerDeps): void {
  for (const { actionId, command, what } of PLAIN) {
    app.action(actionId, async ({ ack, body }) => {
      await ack();
      const pressed = blockActionSchema.parse(body);
      const hand = handOf(deps, pressed);
      await guard(deps.log, {
        what,
        about: { action: actionId, user: hand.user, value: pressed.actions[0]?.value },
        tell: hand.tell,
        work: () => pressIncident(deps, readPressed(pressed.actions[0]?.value ?? ''), command, hand),
      });
    });
  }

  app.action(INCIDENT_ACTIONS.snooze, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    const chosen = decodeSnooze(pressed.actions[0]?.selected_option?.value ?? '');
    if (chosen?.choice === 'until') return openSnoozeForm(deps, pressed, chosen.incident);
    const hand = handOf(deps, pressed);
    await guard(deps.log, {
      what: 'I could not snooze it',
      about: { action: INCIDENT_ACTIONS.snooze, user: hand.user },
      tell: hand.tell,
      work: async () => {
        if (chosen === undefined || chosen.choice === 'until')
          throw new SeepassError('bad_arguments', 'That menu is not one of mine any more.');
        const until = addDuration(deps.clock(), LENGTHS[chosen.choice], deps.timezone);
        await pressIncident(deps, chosen.incident, { kind: 'snooze', until, note: null }, hand);
      },
    });
  });

  app.action(INCIDENT_ACTIONS.none, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    const value = pressed.actions[0]?.value ?? '';
    const metadata = metadataOf(pressed, value);
    await openModal(deps, pressed, {
      callbackId: INCIDENT_CALLBACKS.none,
      title: NONE_TITLE,
      what: 'I could not ask what it was',
      metadata,
      fill: async (show) => {
        const incident = await findPressed(deps, readPressed(value).id);
        await show(buildNoneForm(incident, await deps.stores.incidents.listLive(), metadata));
      },
    });
  });

  app.action(INCIDENT_ACTIONS.details, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    await openModal(deps, pressed, {
      callbackId: INCIDENT_CALLBACKS.details,
      title: DETAILS_TITLE,
      what: 'I could not read the incident',
      fill: async (show) => {
        const { id } = readPressed(pressed.actions[0]?.value ?? '');
        const [incident, entries] = await Promise.all([findPressed(deps, id), deps.stores.incidents.listEntries(id)]);
        await show(buildIncidentDetails(incident, entries, deps));
      },
    });
  });
}

/** The form is asked for at once: its trigger lives three seconds. */
function openSnoozeForm(deps: ListenerDeps, pressed: BlockAction, incident: PressedIncident): Promise<void> {
  const metadata = metadataOf(pressed, encodeIncident(incident));
  return openModal(deps, pressed, {
    callbackId: INCIDENT_CALLBACKS.snooze,
    title: SNOOZE_TITLE,
    what: 'I could not ask until when',
    metadata,
    fill: async (show) => {
      const found = await findPressed(deps, incident.id);
      await show(buildSnoozeForm(found, { now: deps.clock(), timezone: deps.timezone }, metadata));
    },
  });
}

function metadataOf(pressed: BlockAction, incident: string): string {
  const ts = pressed.container?.is_ephemeral === true ? null : (pressed.message?.ts ?? null);
  const metadata: FormMetadata = { incident, channel: channelOf(pressed) ?? '', ts };
  return JSON.stringify(metadata);
}

const channelOf = (pressed: BlockAction): string | null =>
  pressed.channel?.id ?? (pressed.view?.private_metadata || null);

function handOf(deps: ListenerDeps, pressed: BlockAction): Hand {
  const isEphemeral = pressed.container?.is_ephemeral === true;
  return {
    user: pressed.user.id,
    channel: channelOf(pressed),
    ts: isEphemeral ? null : (pressed.message?.ts ?? null),
    tell: tellBeside(deps, pressed, DETAILS_TITLE, INCIDENT_CALLBACKS.details),
  };
}
