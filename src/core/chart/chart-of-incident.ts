import type { Incident } from '../incident/incident.ts';
import type { IncidentChart } from '../incident/incident-chart.ts';
import { incidentHeadline } from '../incident/incident-words.ts';
import type { Chart } from './chart.ts';
import { drawableName } from './chart-name.ts';
import { axisOf } from './metric-axis.ts';

/** So long a name leaves room for the figure beside it. */
const NAME = 34;

/** The leader's hours as a chart, with the release its picture names. */
export function chartOfIncident(incident: Incident, { points }: IncidentChart, timezone: string): Chart {
  const { lead, picture } = incident;
  const { label, unit } = axisOf(lead.metric);
  const isDown = lead.direction === 'down';
  return {
    title: incidentHeadline(incident, timezone, { name: drawableName(lead.surface, NAME, 'One page') }),
    measure: lead.metric === 'error_rate' && picture.count?.per === 'requests' ? 'Errors per request' : label,
    unit,
    grain: 'hour',
    timezone,
    points: points.map(({ hour, value, lower, upper }) => ({
      start: hour,
      value,
      expected: null,
      lower: lower === null ? null : Math.max(0, lower),
      upper,
      flagged: value !== null && lower !== null && upper !== null && (isDown ? value < lower : value > upper),
    })),
    marks: picture.release === null ? [] : [{ at: picture.release.firstSeen, name: picture.release.name }],
  };
}
