import { LIMITS } from '../../block-kit/limits.ts';
import { formatMoment } from '../../core/facts/render.ts';
import type { Incident } from '../../core/incident/incident.ts';
import type { IncidentChart } from '../../core/incident/incident-chart.ts';
import { metricNoun } from '../../core/incident/incident-words.ts';
import type { AnswerSeries } from '../../core/query/answer-body.ts';
import type { JsonObject } from '../../core/records.ts';
import { drawSeries } from './answer-chart.ts';
import { context } from './elements.ts';
import { asBlock } from './trend.ts';

type Point = IncidentChart['points'][number];

/**
 * The leader's last hours between the lines of what was expected of each, and what the chart leaves out; null for too
 * few. Where some hour had nothing expected of it the lines are left out: a chart cannot break off.
 */
export function drawIncident(incident: Incident, chart: IncidentChart, timezone: string): JsonObject[] | null {
  const points = chart.points.slice(-LIMITS.chart.points);
  const isKnown = points.every(({ value, lower, upper }) => value === null || (lower !== null && upper !== null));
  const drawn = drawSeries(seriesOf(incident, points, isKnown, timezone));
  if (drawn === null) return null;
  const notes = [
    ...(isKnown ? [] : ['What was expected is not drawn: of some of these hours it is not known.']),
    ...drawn.notes,
  ];
  return [asBlock(drawn.block), ...(notes.length > 0 ? [context(notes.join(' '))] : [])];
}

function seriesOf({ lead, picture }: Incident, points: readonly Point[], isKnown: boolean, zone: string): AnswerSeries {
  const line = (name: string, of: (point: Point) => number | null) => ({
    name,
    points: points.map((point) => ({ label: formatMoment(point.hour, zone).slice(-5), value: of(point) })),
  });
  return {
    title: titleOf(lead.metric, picture.count?.per ?? 'views'),
    unit: lead.metric === 'traffic' ? 'count' : 'share',
    alt: '',
    lines: [
      line('observed', ({ value }) => value),
      ...(isKnown
        ? [
            line('expected at most', ({ upper }) => upper),
            line('expected at least', ({ lower }) => lower && Math.max(0, lower)),
          ]
        : []),
    ],
  };
}

/** @param per what the alert's own figure is of: a page nobody views has requests alone. */
function titleOf(metric: Incident['lead']['metric'], per: 'views' | 'requests'): string {
  const noun = metricNoun(metric);
  const share = metric === 'traffic' ? '' : `, share of ${metric === 'failure_rate' ? 'requests' : per}`;
  return `${noun.slice(0, 1).toUpperCase()}${noun.slice(1)}${share}, by hour`;
}
