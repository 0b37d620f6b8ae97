import { defineMeasure, type EventCondition, type Measure } from './define.ts';

const failedRequest: EventCondition = { type: 'request', failed: true };
/** A call that failed is an error too, wherever it was logged. */
const anyError: readonly EventCondition[] = [{ type: 'error' }, failedRequest];
/** Somebody was hit: they saw an error, gave up, or wrote to us about it. */
const anyHit: readonly EventCondition[] = [...anyError, { type: 'dropoff' }, { type: 'ticket' }];

const count = { kind: 'count' } as const;

/** Every measure of the daily rollup; rollup-sql.ts compiles them, the metrics below refer to them. */
export const MEASURES: readonly Measure[] = [
  defineMeasure({ id: 'pageviews', label: 'Pageviews', events: [{ type: 'pageview' }], aggregation: count }),
  defineMeasure({ id: 'actions', label: 'Actions', events: [{ type: 'action' }], aggregation: count }),
  defineMeasure({ id: 'dropoffs', label: 'Drop-offs', events: [{ type: 'dropoff' }], aggregation: count }),
  defineMeasure({ id: 'errors', label: 'Errors', events: anyError, aggregation: count }),
  defineMeasure({ id: 'tickets', label: 'Tickets', events: [{ type: 'ticket' }], aggregation: count }),
  defineMeasure({ id: 'replies', label: 'Replies', events: [{ type: 'reply' }], aggregation: count }),
  defineMeasure({ id: 'requests', label: 'Requests', events: [{ type: 'request' }], aggregation: count }),
  defineMeasure({ id: 'request_failures', label: 'Failed requests', events: [failedRequest], aggregation: count }),
  defineMeasure({
    id: 'revenue',
    label: 'Revenue',
    events: [{ type: 'revenue' }],
    aggregation: { kind: 'sum', of: 'amount_minor' },
  }),
  defineMeasure({
    id: 'latency_p50',
    label: 'Median latency',
    events: [{ type: 'request' }],
    aggregation: { kind: 'percentile', of: 'value', p: 0.5 },
  }),
  defineMeasure({
    id: 'latency_p95',
    label: '95th percentile latency',
    events: [{ type: 'request' }],
    aggregation: { kind: 'percentile', of: 'value', p: 0.95 },
  }),
  defineMeasure({
    id: 'affected_accounts',
    label: 'Affected accounts',
    events: anyHit,
    aggregation: { kind: 'distinct', of: 'account' },
  }),
  defineMeasure({
    id: 'affected_users',
    label: 'Affected users',
    events: anyHit,
    aggregation: { kind: 'distinct', of: 'user' },
  }),
  defineMeasure({
    id: 'revenue_at_risk',
    label: 'Exposed monthly revenue',
    events: anyHit,
    aggregation: { kind: 'exposure', of: 'account' },
  }),
];
