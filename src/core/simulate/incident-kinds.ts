/** What can befall a surface. `size` says how large at its worst, from hopeless to plain. */

/** What an incident changes of a day; `signatures`: which errors, not how many. */
export type Changed =
  | 'errors'
  | 'dropoffs'
  | 'tickets'
  | 'actions'
  | 'request_failures'
  | 'traffic'
  | 'latency'
  | 'signatures';

export interface IncidentKind {
  id: string;
  changes: Changed;
  /** Catalogue id of the metric that moves most. */
  metric: string;
  /** Days it lasts, least and most. */
  days: readonly [number, number];
  /**
   * Factor at its worst, least and most: of the rate, of the odds of a proportion, of the p95; divisor where it lowers
   * (actions, traffic); share of the old signature taken over, for signatures.
   */
  size: readonly [number, number];
  /** Grows by equal steps to its size, instead of beginning with it. */
  grows: boolean;
  /** Surfaces it hits at once. */
  surfaces: number;
  /** Where it can happen. */
  needs: 'views' | 'requests' | 'either';
  /** Begins with a release. */
  released: boolean;
  /** How often, against the others. */
  weight: number;
}

const kind = (
  id: string,
  changes: Changed,
  metric: string,
  weight: number,
  days: readonly [number, number],
  size: readonly [number, number],
  more: Partial<IncidentKind> = {},
): IncidentKind => ({
  id,
  changes,
  metric,
  days,
  size,
  grows: false,
  surfaces: 1,
  needs: 'views',
  released: false,
  weight,
  ...more,
});

export const INCIDENT_KINDS: readonly IncidentKind[] = [
  kind('error-spike', 'errors', 'error_rate', 20, [1, 3], [1.5, 12]),
  kind('error-leak', 'errors', 'error_rate', 10, [5, 10], [1.5, 6], { grows: true }),
  kind('error-step', 'errors', 'error_rate', 8, [10, 25], [1.4, 5]),
  kind('dropoff-rise', 'dropoffs', 'dropoff_rate', 12, [1, 4], [1.3, 5]),
  kind('conversion-drop', 'actions', 'conversion_rate', 10, [1, 4], [1.3, 8]),
  kind('ticket-burst', 'tickets', 'ticket_rate', 10, [1, 3], [2, 40]),
  kind('outage', 'traffic', 'pageviews', 8, [1, 2], [5, 500], { needs: 'either' }),
  kind('failure-storm', 'request_failures', 'failure_rate', 8, [1, 3], [1.5, 30], { needs: 'requests' }),
  kind('latency-rise', 'latency', 'latency_p95', 8, [1, 5], [1.15, 4], { needs: 'requests' }),
  kind('signature-swap', 'signatures', 'errors', 2, [2, 5], [0.3, 1]),
  kind('shared-cause', 'errors', 'errors', 1, [2, 4], [1.5, 6], { surfaces: 10 }),
  kind('release-regression', 'errors', 'error_rate', 5, [3, 8], [1.4, 6], { released: true }),
];
