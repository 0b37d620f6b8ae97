/** What should change once an action is done: recorded when it is approved, held against what happens after. */
export interface Expectation {
  /** Catalogue id of a metric that is judged per page: error_rate, dropoff_rate, ticket_rate, failure_rate, latency_p95, conversion_rate, pageviews. */
  metric: string;
  surface: string;
  /** Where it should go. */
  direction: 'down' | 'up';
  /** What it was when this was expected, and what it is normally, in the metric's own unit. */
  observed: number;
  normal: number | null;
  /** By how much it should move, in the metric's own unit; null where only the direction is expected. */
  size: number | null;
  /** Since when it was outside normal, epoch milliseconds. */
  since: number;
  /** Until when it should have moved, hours after it is done. */
  horizonHours: number;
}
