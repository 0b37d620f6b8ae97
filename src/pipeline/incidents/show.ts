/** Keeps the messages of incidents in step with them. */
import { type Incident, type IncidentEntry, isLive } from '../../core/incident/incident.ts';
import type { IncidentChart } from '../../core/incident/incident-chart.ts';
import { isTold } from '../../core/incident/thread.ts';
import type { BehindChannel } from '../incidents.ts';
import type { OutgoingMessage } from '../ports.ts';
import type { IncidentContext } from './context.ts';

export const INCIDENT_KIND = 'incident';
const INCIDENT_ENTRY_KIND = 'incident-entry';
const BATCH = 100;

type ShowContext = Pick<IncidentContext, 'renderIncident' | 'renderEntry' | 'chartOf' | 'log'> & {
  stores: Pick<IncidentContext['stores'], 'incidents' | 'alerts' | 'outbox'>;
};

/**
 * Puts into the outbox what channels have not been shown of incidents that were posted there: the message itself, its
 * update, and the lines of its thread. What is there already is not put in twice, so it may be broken off anywhere and
 * done again, by several processes at once.
 * @param incidentId only this one's.
 * @returns how many channels of incidents were brought up to date.
 */
export async function showIncidents(context: ShowContext, incidentId?: string): Promise<number> {
  const { alerts } = context.stores;
  let shown = 0;
  for (;;) {
    const behind = await alerts.listBehind(BATCH, incidentId);
    const byIncident = new Map<string, BehindChannel[]>();
    for (const one of behind) byIncident.set(one.incidentId, [...(byIncident.get(one.incidentId) ?? []), one]);
    for (const [id, channels] of byIncident) await showOne(context, id, channels);
    shown += behind.length;
    if (behind.length < BATCH) return shown;
  }
}

async function showOne(context: ShowContext, id: string, channels: readonly BehindChannel[]): Promise<void> {
  const { alerts, outbox } = context.stores;
  const seen = await readShown(context, id);
  const lines = new Map<number, OutgoingMessage>();
  const lineOf = (entry: IncidentEntry) => {
    const line = lines.get(entry.sequence) ?? context.renderEntry(entry, seen.incident);
    lines.set(entry.sequence, line);
    return line;
  };
  const parent = { kind: INCIDENT_KIND, subject: id };
  for (const { channel, decidedRevision, shownRevision, shownEntry } of channels) {
    const own = { kind: INCIDENT_KIND, channel, subject: id };
    const isNew = shownRevision === 0 && (await outbox.enqueue({ ...own, sequence: 0, message: seen.message }));
    // One put in before a crash, or by another process, may show what came after it was read here: so it is read anew.
    const { incident, message } = shownRevision === 0 && !isNew ? await readShown(context, id) : seen;
    if (!isNew && incident.revision > Math.max(decidedRevision, shownRevision))
      await outbox.enqueue({ ...own, message, sequence: incident.revision, operation: 'update', parent });
    for (const entry of seen.entries.filter((each) => each.sequence > shownEntry && isTold(each, seen.entries)))
      await outbox.enqueue({
        kind: INCIDENT_ENTRY_KIND,
        channel,
        subject: id,
        sequence: entry.sequence,
        message: lineOf(entry),
        operation: 'reply',
        parent,
      });
    const last = seen.entries.at(-1)?.sequence ?? shownEntry;
    await alerts.markShown({ incidentId: id, channel, shownRevision: seen.incident.revision, shownEntry: last });
  }
}

/** An incident as it is now, and its message. */
async function readShown(context: ShowContext, id: string) {
  const { incidents } = context.stores;
  const incident = await incidents.find(id);
  if (incident === undefined) throw new RangeError(`Incident ${id} is told in a channel, but is not stored.`);
  // Read after it, so that none that it tells of is missing; a later one makes a revision of its own.
  const entries = await incidents.listEntries(id);
  return { incident, entries, message: context.renderIncident(incident, entries, await readChart(context, incident)) };
}

/** The words matter more than the picture. */
async function readChart({ chartOf, log }: ShowContext, incident: Incident): Promise<IncidentChart | null> {
  if (chartOf === undefined || !isLive(incident)) return null;
  return chartOf(incident).catch((err: unknown) => {
    log.warn({ err, incident: incident.id }, 'an incident is told without its chart');
    return null;
  });
}
