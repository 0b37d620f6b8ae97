import type { App } from '@slack/bolt';
import type { Mute } from '../../core/delivery/mute.ts';
import type { Incident } from '../../core/incident/incident.ts';
import { incidentName } from '../../core/incident/incident-ref.ts';
import { SeepassError } from '../../errors.ts';
import { listMaintenance } from '../commands/maintenance.ts';
import { declarerOf, declarerOfMaintenance } from '../declarer.ts';
import type { ListenerDeps } from '../deps.ts';
import { INCIDENT_ACTIONS, INCIDENT_CALLBACKS } from '../incident-ids.ts';
import { type BlockAction, blockActionSchema } from '../payloads.ts';
import { respondTo } from '../respond.ts';
import { DETAILS_TITLE } from '../views/incident-details.ts';
import { buildMaintenanceList } from '../views/maintenance.ts';
import { buildMuted, buildMuteList } from '../views/mutes.ts';
import type { Rendered } from '../views/notice.ts';
import { guard } from './guard.ts';
import { findPressed, readPressed, tellBeside } from './incident-press.ts';

/** Ignoring for good out of an incident's details, and taking back what is quiet out of its list. */
export function registerQuiet(app: App, deps: ListenerDeps): void {
  const on = (
    actionId: string,
    what: string,
    work: (pressed: BlockAction, tell: (notice: Rendered) => Promise<void>) => Promise<void>,
  ): void => {
    app.action(actionId, async ({ ack, body }) => {
      await ack();
      const pressed = blockActionSchema.parse(body);
      const tell = tellBeside(deps, pressed, DETAILS_TITLE, INCIDENT_CALLBACKS.details);
      const about = { action: actionId, user: pressed.user.id, value: pressed.actions[0]?.value };
      await guard(deps.log, { what, about, tell, work: () => work(pressed, tell) });
    });
  };

  const ignore =
    (target: Mute['target'], patternOf: (incident: Incident) => string | undefined) =>
    async (pressed: BlockAction, tell: (notice: Rendered) => Promise<void>): Promise<void> => {
      const incident = await findPressed(deps, readPressed(pressed.actions[0]?.value ?? '').id);
      const pattern = patternOf(incident);
      if (pattern === undefined) throw new SeepassError('not_found', 'That error is not known of it any more.');
      const by = await declarerOf(deps, pressed.user.id, pressed.channel?.id ?? pressed.view?.private_metadata ?? '');
      const mute = { target, pattern, until: null, reason: incidentName(incident.number) };
      await tell(buildMuted(await deps.stores.mutes.add(mute, by), deps.timezone));
    };
  on(
    INCIDENT_ACTIONS.ignorePage,
    'I could not ignore it',
    ignore('surface', ({ lead }) => lead.surface),
  );
  on(
    INCIDENT_ACTIONS.ignoreError,
    'I could not ignore it',
    ignore('error_signature', ({ picture }) => picture.signature?.name),
  );

  on(INCIDENT_ACTIONS.liftMute, 'I could not take that back', async (pressed) => {
    const number = Number(pressed.actions[0]?.value);
    await deps.stores.mutes.lift(number, await declarerOf(deps, pressed.user.id, pressed.channel?.id ?? ''));
    await replaceList(pressed, buildMuteList(await deps.stores.mutes.list(deps.clock()), deps.timezone));
  });

  on(INCIDENT_ACTIONS.cancelMaintenance, 'I could not cancel it', async (pressed) => {
    const by = await declarerOfMaintenance(deps, pressed.user.id, pressed.channel?.id ?? '');
    await deps.stores.maintenance.cancel(pressed.actions[0]?.value ?? '', by);
    await replaceList(pressed, buildMaintenanceList(await listMaintenance(deps), deps.timezone));
  });
}

/** The list the button was in, as it is now. */
async function replaceList(pressed: BlockAction, list: Rendered): Promise<void> {
  if (pressed.response_url) await respondTo(pressed.response_url, list, 'replace');
}
