/** What can befall a simulated product: each kind changes a row the way the real thing would. */
import type { SurfaceDay } from '../../src/core/records.ts';
import type { Change, Incident } from './product-simulator.ts';

type Counted = 'pageviews' | 'actions' | 'dropoffs' | 'errors' | 'tickets' | 'requests' | 'request_failures';
const ALL: readonly Counted[] = [
  'pageviews',
  'actions',
  'dropoffs',
  'errors',
  'tickets',
  'requests',
  'request_failures',
];
const VIEWS: readonly Counted[] = ['pageviews', 'actions', 'dropoffs'];

const scale = (row: SurfaceDay, counts: readonly Counted[], factor: number): void => {
  for (const name of counts) row[name] = Math.round(row[name] * factor);
};
const on = (surface: string, from: number, to: number, change: Change): Incident => ({ surface, from, to, change });

/** Incidents that have to be found on the last day, with the metric that has to lead to them. */
export const INCIDENTS: readonly { kind: string; metric: string; incident: Incident }[] = [
  {
    kind: 'an error spike',
    metric: 'error_rate',
    incident: on('/page-20', 1, 0, (row) => {
      row.errors += Math.round(row.pageviews * 0.06);
    }),
  },
  {
    kind: 'a rise of drop-offs',
    metric: 'dropoff_rate',
    incident: on('/page-25', 1, 0, (row) => {
      row.dropoffs += Math.round((row.pageviews - row.dropoffs) * 0.45);
    }),
  },
  {
    kind: 'a burst of tickets',
    metric: 'ticket_rate',
    incident: on('/page-30', 0, 0, (row) => {
      row.tickets += 18;
    }),
  },
  { kind: 'an outage', metric: 'pageviews', incident: on('/page-10', 0, 0, (row) => scale(row, ALL, 0.1)) },
  {
    kind: 'a slow leak',
    metric: 'error_rate',
    incident: on('/page-3', 8, 0, (row) => scale(row, ['errors'], 2.2)),
  },
  {
    kind: 'a latency rise',
    metric: 'latency_p95',
    incident: on('/page-40', 1, 0, (row) => {
      row.latency_p95 = (row.latency_p95 ?? 0) * 2 + 200;
    }),
  },
  {
    kind: 'a storm of refused requests',
    metric: 'failure_rate',
    incident: on('/page-15', 0, 0, (row) => {
      row.request_failures += Math.round(row.requests * 0.15);
    }),
  },
  {
    kind: 'a conversion drop',
    metric: 'conversion_rate',
    incident: on('/page-12', 1, 0, (row) => scale(row, ['actions'], 0.2)),
  },
];

export const TRACKING_GAP: Incident = on('*', 0, 0, (row) => scale(row, VIEWS, 0));

/** What must not be told as an incident. */
export const DECOYS: readonly { kind: string; incident: Incident }[] = [
  { kind: 'a traffic surge with unchanged rates', incident: on('/page-18', 0, 0, (row) => scale(row, ALL, 3)) },
  {
    kind: 'a holiday',
    incident: on('*', 0, 0, (row, random) => scale(row, ALL, 0.35 * (0.8 + 0.4 * random.uniform()))),
  },
  { kind: 'a tracking gap', incident: TRACKING_GAP },
  { kind: 'half a day of lost tracking', incident: on('*', 0, 0, (row) => scale(row, VIEWS, 0.4)) },
];
