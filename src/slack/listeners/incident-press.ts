import type { IncidentCommand } from '../../core/incident/command.ts';
import type { Incident } from '../../core/incident/incident.ts';
import { SeepassError } from '../../errors.ts';
import type { ListenerDeps } from '../deps.ts';
import { isRefusal } from '../incident-command.ts';
import { decodeIncident, type PressedIncident } from '../incident-ids.ts';
import { refreshIncident } from '../incident-refresher.ts';
import { messageParameters } from '../messenger.ts';
import type { BlockAction } from '../payloads.ts';
import { buildIncidentDone, buildRefused } from '../views/incident-outcome.ts';
import { buildNoticeModal, type Rendered } from '../views/notice.ts';
import { callSlack } from '../web-call.ts';
import { tellPresser } from './tell.ts';

/** Who acts, from where, and how they are told something. */
export interface Hand {
  user: string;
  channel: string | null;
  /** The message they looked at; null where it was none. */
  ts: string | null;
  tell(notice: Rendered): Promise<void>;
}

/** Words for whoever pressed: beside the message, or on top of the modal the button was in. */
export function tellBeside(deps: ListenerDeps, pressed: BlockAction, title: string, callbackId: string) {
  return async (notice: Rendered): Promise<void> => {
    if (pressed.view?.type !== 'modal') return tellPresser(deps, pressed, notice);
    await callSlack(deps.client, 'views.push', {
      trigger_id: pressed.trigger_id,
      view: buildNoticeModal(callbackId, title, notice),
    });
  };
}

/** Words for whoever submitted a form, in the channel its button was in. */
export function tellInChannel(deps: ListenerDeps, user: string, channel: string) {
  return async (notice: Rendered): Promise<void> => {
    if (channel === '') return;
    await callSlack(deps.client, 'chat.postEphemeral', { channel, user, ...messageParameters(notice) });
  };
}

/** @throws SeepassError where a button is not ours, or its incident is gone. */
export function readPressed(value: string): PressedIncident {
  const pressed = decodeIncident(value);
  if (pressed) return pressed;
  throw new SeepassError('bad_arguments', 'That button is not one of mine any more.');
}

export async function findPressed(deps: ListenerDeps, id: string): Promise<Incident> {
  const incident = await deps.stores.incidents.find(id);
  if (incident) return incident;
  throw new SeepassError('not_found', 'That incident is not known any more.', {
    fix: '`/seepass incidents` lists those that live.',
  });
}

/**
 * Does it, once. Whoever was too late, or may not, is told so; a message that showed an older revision is shown anew.
 * What was done is said where no message shows it.
 */
export async function pressIncident(
  deps: ListenerDeps,
  pressed: PressedIncident,
  command: IncidentCommand,
  hand: Hand,
): Promise<void> {
  const before = await findPressed(deps, pressed.id);
  const refresh = async (): Promise<void> => {
    if (hand.channel !== null && hand.ts !== null) await refreshIncident(deps, { channel: hand.channel, ts: hand.ts });
  };
  try {
    const done = await deps.desk.act(pressed.id, command, { actor: hand.user, channel: hand.channel });
    // In a modal, or in what one person sees alone, nothing changes by itself.
    if (hand.ts === null) await hand.tell(buildIncidentDone(command, done, deps.timezone));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // Whoever was first changed it after it was read.
    await hand.tell(buildRefused(error.line, (await deps.stores.incidents.find(pressed.id)) ?? before));
    return refresh();
  }
  if (pressed.revision < before.revision) await refresh();
}
