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

/** The leader's last hours between the lines of what is expected, and what the chart leaves out; null for too few. */
export function drawIncident(incident: Incident, chart: IncidentChart, timezone: string): JsonObject[] | null {
  const points = chart.points.slice(-LIMITS.chart.points);
  const isKnown = points.every(({ value, lower, upper }) => value === null || (lower !== null && upper !== null));
  const drawn = drawSeries(seriesOf(incident, points, isKnown, timezone));
  if (drawn === null) return null;
  const { latest } = incident.picture;
  const clock = (at: number): string => formatMoment(at, timezone).slice(-5);
  const notes = [
    // Only strange hours keep what was expected of them.
    ...(isKnown ? [] : [`The expected range is that of ${clock(latest.hour)} to ${clock(latest.hour + 3_600_000)}.`]),
    ...drawn.notes,
  ];
  return [asBlock(drawn.block), ...(notes.length > 0 ? [context(notes.join(' '))] : [])];
}

function seriesOf({ lead, picture }: Incident, points: readonly Point[], isKnown: boolean, zone: string): AnswerSeries {
  const line = (name: string, of: (point: Point) => number | null) => ({
    name,
    points: points.map((point) => ({ label: formatMoment(point.hour, zone).slice(-5), value: of(point) })),
  });
  const { latest } = picture;
  return {
    title: titleOf(lead.metric),
    unit: lead.metric === 'traffic' ? 'count' : 'share',
    alt: '',
    lines: [
      line('observed', ({ value }) => value),
      line('expected at most', ({ upper }) => (isKnown ? upper : latest.upper)),
      line('expected at least', ({ lower }) => (isKnown ? lower && Math.max(0, lower) : Math.max(0, latest.lower))),
    ],
  };
}

function titleOf(metric: Incident['lead']['metric']): string {
  const noun = metricNoun(metric);
  const per = metric === 'traffic' ? '' : metric === 'failure_rate' ? ', share of requests' : ', share of views';
  return `${noun.slice(0, 1).toUpperCase()}${noun.slice(1)}${per}, by hour`;
}
