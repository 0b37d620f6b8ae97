import type { Incident, IncidentEntry } from '../core/incident/incident.ts';
import type { IncidentChart } from '../core/incident/incident-chart.ts';
import type { IncidentCharts, IncidentRenderers } from '../pipeline/incidents/context.ts';
import { buildIncidentMessage } from './views/incident.ts';
import { buildIncidentChart } from './views/incident-course.ts';
import { buildEntryLine } from './views/incident-entry.ts';
import type { Rendered } from './views/notice.ts';
import { buildRuleChange } from './views/rules.ts';

/** An incident's message, as the outbox and the listeners show it. @param entries all so far, oldest first. */
export function renderIncident(
  incident: Incident,
  entries: readonly IncidentEntry[],
  { timezone, chart }: { timezone: string; chart: IncidentChart | null },
): Rendered {
  const duplicateOf = entries.findLast(({ kind }) => kind === 'closed')?.details.duplicateOf ?? null;
  return buildIncidentMessage(incident, { timezone, chart, duplicateOf });
}

/** What the pipeline turns incidents into messages with. @param timezone IANA, of every time in them. */
export const incidentRenderers = (
  timezone: string,
): IncidentRenderers & Required<Pick<IncidentCharts, 'renderChart'>> => ({
  renderIncident: (incident, entries, chart) => renderIncident(incident, entries, { timezone, chart }),
  renderEntry: (entry, incident) => buildEntryLine(entry, incident, { timezone }),
  renderChart: (incident, chart, stretch) => buildIncidentChart(incident, chart, { timezone, stretch }),
  renderRule: buildRuleChange,
});
