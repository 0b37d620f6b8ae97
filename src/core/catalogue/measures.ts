import { defineMeasure, type EventCondition, type Measure } from './define.ts';

const failedRequest: EventCondition = { type: 'request', failed: true };
/** A call that failed is an error too, wherever it was logged. */
const anyError: readonly EventCondition[] = [{ type: 'error' }, failedRequest];
/** Somebody was hit: they saw an error, gave up, or wrote to us about it. */
const anyHit: readonly EventCondition[] = [...anyError, { type: 'dropoff' }, { type: 'ticket' }];

const count = { kind: 'count' } as const;

/** Somebody used the product. */
const anyUse: readonly EventCondition[] = [{ type: 'pageview' }, { type: 'action' }, { type: 'message' }];
const blocked: EventCondition = { type: 'completion', meta: { completion_status: 'blocked_by_credits' } };

/** Every measure of the daily rollup; rollup-sql.ts compiles them. */
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

/** Measures that no column of the daily rollup holds. */
export const FURTHER_MEASURES: readonly Measure[] = [
  defineMeasure({
    id: 'credits_used',
    label: 'Credits used',
    events: [{ type: 'tool_call' }, { type: 'message' }],
    aggregation: { kind: 'sum', of: 'value' },
  }),
  defineMeasure({
    id: 'active_users',
    label: 'Active users',
    events: anyUse,
    aggregation: { kind: 'distinct', of: 'user' },
  }),
  defineMeasure({
    id: 'active_accounts',
    label: 'Active accounts',
    events: anyUse,
    aggregation: { kind: 'distinct', of: 'account' },
  }),
  defineMeasure({ id: 'messages', label: 'Messages', events: [{ type: 'message' }], aggregation: count }),
  defineMeasure({
    id: 'conversations',
    label: 'Conversations',
    events: [{ type: 'message' }, { type: 'tool_call' }, { type: 'completion' }],
    aggregation: { kind: 'distinct', of: 'conversation' },
  }),
  defineMeasure({ id: 'completions', label: 'Ended tasks', events: [{ type: 'completion' }], aggregation: count }),
  defineMeasure({
    id: 'completed',
    label: 'Completed tasks',
    events: [{ type: 'completion', meta: { completion_status: 'completed' } }],
    aggregation: count,
  }),
  defineMeasure({
    id: 'credit_exhausted_users',
    label: 'Users out of credits',
    events: [blocked],
    aggregation: { kind: 'distinct', of: 'user' },
  }),
  defineMeasure({
    id: 'assistant_users',
    label: 'Users of the assistant',
    events: [{ type: 'message' }, { type: 'completion' }],
    aggregation: { kind: 'distinct', of: 'user' },
  }),
  defineMeasure({ id: 'tool_calls', label: 'Tool calls', events: [{ type: 'tool_call' }], aggregation: count }),
  defineMeasure({
    id: 'tool_failures',
    label: 'Failed tool calls',
    events: [{ type: 'tool_call', meta: { success: 'false' } }],
    aggregation: count,
  }),
  defineMeasure({ id: 'sessions', label: 'Sessions', events: [{ type: 'session' }], aggregation: count }),
  defineMeasure({
    id: 'minutes_in_session',
    label: 'Minutes in sessions',
    events: [{ type: 'session' }],
    aggregation: { kind: 'sum', of: 'value' },
  }),
];
