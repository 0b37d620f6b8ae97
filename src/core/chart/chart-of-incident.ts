import { type Incident, isLive } from '../incident/incident.ts';
import type { IncidentChart } from '../incident/incident-chart.ts';
import { courseHeadline, incidentHeadline } from '../incident/incident-words.ts';
import type { Chart } from './chart.ts';
import { drawableName } from './chart-name.ts';
import { axisOf } from './metric-axis.ts';

/** So long a name leaves room for the figure beside it. */
const NAME = 34;

/** The leader's hours as a chart, with the release its picture names. Flagged is what was told and lies outside its own range. */
export function chartOfIncident(incident: Incident, { points }: IncidentChart, timezone: string): Chart {
  const { lead, picture } = incident;
  const { label, unit } = axisOf(lead.metric);
  return {
    title: titleOf(incident, timezone),
    measure: lead.metric === 'error_rate' && picture.count?.per === 'requests' ? 'Errors per request' : label,
    unit,
    grain: 'hour',
    timezone,
    points: points.map(({ hour, value, expected, lower, upper, told }) => ({
      start: hour,
      value,
      expected,
      lower: lower === null ? null : Math.max(0, lower),
      upper,
      flagged: told && isBeyond(value, lead.direction === 'down' ? lower : upper, lead.direction),
    })),
    marks: picture.release === null ? [] : [{ at: picture.release.firstSeen, name: picture.release.name }],
  };
}

function titleOf(incident: Incident, timezone: string): string {
  const name = drawableName(incident.lead.surface, NAME, 'One page');
  return isLive(incident) ? incidentHeadline(incident, timezone, { name }) : courseHeadline(incident, timezone, name);
}

/** An hour may be told for what it and those before it come to together. */
const isBeyond = (value: number | null, edge: number | null, direction: 'up' | 'down'): boolean =>
  value !== null && edge !== null && (direction === 'down' ? value < edge : value > edge);
