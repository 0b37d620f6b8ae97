import type { DataVisualizationBlock } from '../../block-kit/blocks.ts';
import { LIMITS } from '../../block-kit/limits.ts';
import type { Incident } from '../../core/incident/incident.ts';
import type { IncidentChart } from '../../core/incident/incident-chart.ts';
import { metricNoun } from '../../core/incident/incident-words.ts';
import { formatMoment } from '../../core/facts/render.ts';
import { drawSeries } from './answer-chart.ts';

/** The leader's last hours between the lines of what is expected; null where there are not two of them. */
export function drawIncident(
  { lead: { metric } }: Incident,
  { points }: IncidentChart,
  timezone: string,
): DataVisualizationBlock | null {
  const shown = points.slice(-LIMITS.chart.points);
  const line = (name: string, of: (point: (typeof shown)[number]) => number | null) => ({
    name,
    points: shown.map((point) => ({ label: formatMoment(point.hour, timezone).slice(-5), value: of(point) })),
  });
  const title = `${metricNoun(metric)}${metric === 'traffic' ? '' : metric === 'failure_rate' ? ', share of requests' : ', share of views'} by hour`;
  const series = {
    title: title.slice(0, 1).toUpperCase() + title.slice(1),
    unit: metric === 'traffic' ? ('count' as const) : ('share' as const),
    alt: '',
    lines: [
      line('observed', ({ value }) => value),
      line('expected at most', ({ upper }) => upper),
      line('expected at least', ({ lower }) => (lower === null ? null : Math.max(0, lower))),
    ],
  };
  return drawSeries(series)?.block ?? null;
}
