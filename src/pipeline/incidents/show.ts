/** Keeps the messages of incidents in step with them. */
import { type Incident, type IncidentEntry, isLive } from '../../core/incident/incident.ts';
import { isTold } from '../../core/incident/thread.ts';
import type { BehindChannel } from '../incidents.ts';
import type { OutgoingMessage } from '../ports.ts';
import type { IncidentContext } from './context.ts';
import { createThreadCharts, readChart } from './thread-charts.ts';

export const INCIDENT_KIND = 'incident';
const INCIDENT_ENTRY_KIND = 'incident-entry';
const INCIDENT_CHART_KIND = 'incident-chart';
const BATCH = 100;

type ShowContext = Pick<IncidentContext, 'renderIncident' | 'renderEntry' | 'renderChart' | 'chartOf' | 'log'> & {
  stores: Pick<IncidentContext['stores'], 'incidents' | 'alerts' | 'outbox'>;
};

/**
 * Puts into the outbox what channels have not been shown of incidents that were posted there: the message itself, its
 * update, and the lines and charts of its thread. What is there already is not put in twice, so it may be broken off anywhere and
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
  const chartOf = createThreadCharts(context, seen);
  const reply = (kind: string, channel: string, sequence: number, message: OutgoingMessage) =>
    outbox.enqueue({ kind, channel, subject: id, sequence, message, operation: 'reply', parent });
  const addChart = async (channel: string, sequence: number): Promise<void> => {
    const chart = await chartOf(sequence);
    if (chart !== null) await reply(INCIDENT_CHART_KIND, channel, sequence, chart);
  };
  for (const { channel, decidedRevision, shownRevision, shownEntry } of channels) {
    const own = { kind: INCIDENT_KIND, channel, subject: id };
    const isNew = shownRevision === 0 && (await outbox.enqueue({ ...own, sequence: 0, message: seen.message }));
    // One put in before a crash, or by another process, may show what came after it was read here: so it is read anew.
    const { incident, message } = shownRevision === 0 && !isNew ? await readShown(context, id) : seen;
    if (!isNew && incident.revision > Math.max(decidedRevision, shownRevision))
      await outbox.enqueue({ ...own, message, sequence: incident.revision, operation: 'update', parent });
    if (shownRevision === 0) await addChart(channel, 0);
    for (const entry of seen.entries.filter((each) => each.sequence > shownEntry && isTold(each, seen.entries))) {
      await reply(INCIDENT_ENTRY_KIND, channel, entry.sequence, lineOf(entry));
      await addChart(channel, entry.sequence);
    }
    const last = seen.entries.at(-1)?.sequence ?? shownEntry;
    await alerts.markShown({ incidentId: id, channel, shownRevision: seen.incident.revision, shownEntry: last });
  }
}

/** An incident as it is now, what it came through until then, and its message. */
async function readShown(context: ShowContext, id: string) {
  const { incident, entries } = await readConsistent(context.stores.incidents, id);
  const latest = isLive(incident) ? await readChart(context, incident, 'latest') : null;
  return { incident, entries, latest, message: context.renderIncident(incident, entries, latest) };
}

/** Both of one revision: what another process does in between is read with the incident that it made. */
async function readConsistent(incidents: ShowContext['stores']['incidents'], id: string) {
  const read = async (): Promise<Incident> => {
    const incident = await incidents.find(id);
    if (incident === undefined) throw new RangeError(`Incident ${id} is told in a channel, but is not stored.`);
    return incident;
  };
  let incident = await read();
  for (;;) {
    const entries = await incidents.listEntries(id);
    const after = await read();
    if (after.revision === incident.revision) return { incident, entries };
    incident = after;
  }
}
