/** What a metric's axis is called, and how its figures read. */
import {
  formatCount,
  formatMilliseconds,
  formatMillisecondsRange,
  formatPercent,
  formatPercentRange,
} from '../facts/render.ts';

/** `share`: 0-1, shown in percent. */
export type MetricUnit = 'share' | 'milliseconds' | 'count';

export interface MetricAxis {
  label: string;
  unit: MetricUnit;
}

const AXES: Readonly<Record<string, MetricAxis>> = {
  error_rate: { label: 'Errors per view', unit: 'share' },
  dropoff_rate: { label: 'Drop-offs per view', unit: 'share' },
  ticket_rate: { label: 'Tickets per view', unit: 'share' },
  failure_rate: { label: 'Failed requests', unit: 'share' },
  conversion_rate: { label: 'Actions per view', unit: 'share' },
  latency_p95: { label: 'p95 latency', unit: 'milliseconds' },
  traffic: { label: 'Views', unit: 'count' },
  pageviews: { label: 'Views', unit: 'count' },
  requests: { label: 'Requests', unit: 'count' },
  errors: { label: 'Errors', unit: 'count' },
  tickets: { label: 'Tickets', unit: 'count' },
  dropoffs: { label: 'Drop-offs', unit: 'count' },
};

export const axisOf = (metric: string): MetricAxis =>
  AXES[metric] ?? { label: metric.replaceAll('_', ' '), unit: 'count' };

/** A figure with its unit: "8.3%", "2.4 s", "1,780". */
export function formatInUnit(value: number, unit: MetricUnit): string {
  switch (unit) {
    case 'share':
      return formatPercent(value);
    case 'milliseconds':
      return formatMilliseconds(value);
    case 'count':
      return formatCount(value);
  }
}

/** A range with one unit: "0.9–1.6%". */
export function formatRangeInUnit(lower: number, upper: number, unit: MetricUnit): string {
  switch (unit) {
    case 'share':
      return formatPercentRange(Math.max(0, lower), upper);
    case 'milliseconds':
      return formatMillisecondsRange(lower, upper);
    case 'count': {
      const [from, to] = [formatCount(Math.max(0, Math.round(lower))), formatCount(Math.round(upper))];
      return from === to ? to : `${from}–${to}`;
    }
  }
}
