/** A rule of alerts is a metric: whether it may interrupt people, by what they said of its incidents. */
import type { HourlyMetricId } from '../detect/hours/hourly-finding.ts';
import type { JudgedAlerts, RulePrecision } from './rule-precision.ts';

export interface AlertRule {
  metric: HourlyMetricId;
  /** Told in digests only. */
  isDemoted: boolean;
  /** Of what was judged within the last ninety days, or since it was restored: incidents, and items of digests. */
  precision: RulePrecision;
  /** The items of digests among them. */
  inDigests: JudgedAlerts;
}

/** A rule that is told in digests only from now on, or interrupts people again. */
export interface RuleChange extends AlertRule {
  /** Slack user id of the admin who restored it; null where the figures did. */
  by: string | null;
}
