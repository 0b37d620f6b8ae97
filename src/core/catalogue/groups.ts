/** The metrics in the groups people look for them in. */
import type { Metric } from './define.ts';
import { METRICS } from './metrics.ts';

export interface MetricGroup {
  title: string;
  metrics: readonly Metric[];
}

const GROUPS: readonly (readonly [title: string, ids: readonly string[]])[] = [
  [
    'Usage',
    ['pageviews', 'actions', 'active_users', 'active_accounts', 'new_users', 'session_minutes', 'activation_rate'],
  ],
  [
    'Trouble',
    ['errors', 'error_rate', 'dropoffs', 'dropoff_rate', 'affected_accounts', 'affected_users', 'revenue_at_risk'],
  ],
  ['Speed and requests', ['requests', 'request_failures', 'failure_rate', 'latency_p50', 'latency_p95']],
  ['Support', ['tickets', 'ticket_rate', 'replies', 'unanswered_tickets', 'first_response_minutes']],
  [
    'Conversion and money',
    ['conversion_rate', 'funnel_conversion', 'checkout_success_rate', 'orders', 'aov', 'revenue'],
  ],
  [
    'Assistant',
    [
      'conversations',
      'messages',
      'completion_rate',
      'credits_used',
      'credit_exhausted_users',
      'credit_exhaustion_rate',
      'tool_failure_rate',
    ],
  ],
  ['Coming back and leaving', ['retention_rate', 'churned_accounts', 'churn_rate']],
];

/** Every metric once; what no group names comes last, so that a new metric is never missing. */
export function groupMetrics(metrics: readonly Metric[] = METRICS): MetricGroup[] {
  const named = new Set(GROUPS.flatMap(([, ids]) => ids));
  const groups = GROUPS.map(([title, ids]) => ({
    title,
    metrics: ids.flatMap((id) => metrics.filter((metric) => metric.id === id)),
  }));
  const rest = metrics.filter(({ id }) => !named.has(id));
  return [...groups, { title: 'More', metrics: rest }].filter((group) => group.metrics.length > 0);
}
