import { LIMITS } from '../../block-kit/limits.ts';
import { chartAltText } from '../../core/chart/alt-text.ts';
import type { Chart } from '../../core/chart/chart.ts';
import { placeOf } from '../../core/chart/chart-axes.ts';
import { chartOfIncident } from '../../core/chart/chart-of-incident.ts';
import type { Incident } from '../../core/incident/incident.ts';
import type { ChartStretch, IncidentChart } from '../../core/incident/incident-chart.ts';
import { quote } from '../mrkdwn.ts';
import { context, section } from './elements.ts';
import { drawIncident } from './incident-chart.ts';
import type { Rendered } from './notice.ts';

/** Below that the message's own sentence says all there is to see. */
const HOURS_WORTH_A_COURSE = 3;
const TEXT = 1_000;

/**
 * An incident's chart as a message of its thread; null where it adds nothing. While the incident goes on, its message
 * has Slack's own chart: a picture comes beside it only where a release came in these hours, as that chart has no place
 * for it. When it is over that chart is gone, and its course is shown in whichever chart holds all of it.
 */
export function buildIncidentChart(
  incident: Incident,
  points: IncidentChart,
  { timezone, stretch }: { timezone: string; stretch: ChartStretch },
): (Rendered & { chart?: Chart }) | null {
  const chart = chartOfIncident(incident, points, timezone);
  const text = quote(chartAltText(chart), TEXT);
  if (stretch === 'latest') return hasMark(chart) ? { text, blocks: [section(text)], chart } : null;
  if (chart.points.filter(({ flagged }) => flagged).length < HOURS_WORTH_A_COURSE) return null;
  const native = drawIncident(incident, points, timezone);
  const left = chart.points.length - LIMITS.chart.points;
  const stands = left > 0 ? ` The chart shows the last ${LIMITS.chart.points} of ${chart.points.length} hours.` : '';
  const message = { text, blocks: [...(native ?? []), context(`${quote(chart.title, TEXT)}.${stands}`)] };
  return native !== null && holdsAll(chart) ? message : { ...message, chart };
}

/** Slack's own chart has few points and neither gaps nor releases. */
const holdsAll = (chart: Chart): boolean =>
  chart.points.length <= LIMITS.chart.points && chart.points.every(({ value }) => value !== null) && !hasMark(chart);

const hasMark = (chart: Chart): boolean => chart.marks.some(({ at }) => placeOf(chart, at) !== null);
