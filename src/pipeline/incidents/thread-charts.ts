/** The charts in an incident's thread: beside its post, and of its course when it is resolved. */
import type { Incident, IncidentEntry } from '../../core/incident/incident.ts';
import { isLive } from '../../core/incident/incident.ts';
import type { ChartStretch, IncidentChart } from '../../core/incident/incident-chart.ts';
import type { OutgoingMessage } from '../ports.ts';
import type { IncidentContext } from './context.ts';

type ChartContext = Pick<IncidentContext, 'chartOf' | 'renderChart' | 'log'>;

/** The incident's chart, where there is one. The words matter more than the picture: a failure is none. */
export async function readChart(
  { chartOf, log }: ChartContext,
  incident: Incident,
  stretch: ChartStretch,
): Promise<IncidentChart | null> {
  if (chartOf === undefined) return null;
  return chartOf(incident, stretch).catch((err: unknown) => {
    log.warn({ err, incident: incident.id }, 'an incident is told without its chart');
    return null;
  });
}

/**
 * What the thread gets beside an incident's post, and beside a line of it: read once, however many channels show it.
 * Sequence 0 is the post's own; an end that was taken back or told elsewhere has no course to look back on.
 */
export function createThreadCharts(
  context: ChartContext,
  {
    incident,
    entries,
    latest,
  }: { incident: Incident; entries: readonly IncidentEntry[]; latest: IncidentChart | null },
): (sequence: number) => Promise<OutgoingMessage | null> {
  const { renderChart } = context;
  const ended =
    incident.state === 'resolved' ? entries.findLast(({ kind }) => kind === 'resolved')?.sequence : undefined;
  let course: Promise<IncidentChart | null> | undefined;
  return async (sequence) => {
    if (renderChart === undefined) return null;
    if (sequence === 0) return latest && isLive(incident) ? renderChart(incident, latest, 'latest') : null;
    if (sequence !== ended) return null;
    course ??= readChart(context, incident, 'course');
    const whole = await course;
    return whole && renderChart(incident, whole, 'course');
  };
}
