import type { Incident } from '../core/incident/incident.ts';
import { DeliveryError } from '../pipeline/delivery-error.ts';
import { INCIDENT_KIND } from '../pipeline/incidents/show.ts';
import type { ListenerDeps, SlackDeps } from './deps.ts';
import { renderIncident } from './incident-renderers.ts';
import { updateMessage } from './send.ts';
import type { Rendered } from './views/notice.ts';

const ROUNDS = 5;

/** An incident's message as the stores have it now. */
export async function renderIncidentNow(incident: Incident, deps: SlackDeps): Promise<Rendered> {
  const entries = await deps.stores.incidents.listEntries(incident.id);
  // The words matter more than the picture.
  const chart = await deps.chartOf(incident).catch((error: unknown) => {
    deps.log.warn({ err: error, incident: incident.id }, 'an incident is shown without its chart');
    return null;
  });
  return renderIncident(incident, entries, { timezone: deps.timezone, chart });
}

/**
 * Shows an incident's posted message as the stores have it, until what was sent is still what they say: whoever pressed
 * a button on an old one need not wait for the outbox. Messages that are not an incident's are left alone.
 */
export async function refreshIncident(deps: ListenerDeps, at: { channel: string; ts: string }): Promise<void> {
  const posted = await deps.stores.outbox.findByMessage(at.channel, at.ts);
  if (posted?.kind !== INCIDENT_KIND || (await deps.whyForbidden(at.channel)) !== null) return;
  let sent = -1;
  for (let round = 0; round < ROUNDS; round += 1) {
    const incident = await deps.stores.incidents.find(posted.subject);
    if (incident === undefined || incident.revision === sent) return;
    try {
      await updateMessage(deps.client, at, await renderIncidentNow(incident, deps));
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      // The outbox brings it up to date as well; a message that was deleted needs none.
      deps.log.info({ err: error, ...at }, 'an old incident message could not be shown anew');
      return;
    }
    sent = incident.revision;
  }
}
