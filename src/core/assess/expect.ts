/** What should change once something is done about an incident or a priority: the metric that is outside normal. */
import { effectMetric } from '../effect/effect-metric.ts';
import type { Incident } from '../incident/incident.ts';
import type { Expectation } from '../proposal/expectation.ts';
import type { Priority } from '../records.ts';
import { startOfDay } from '../window.ts';

/** What breaks within the hour mends within hours; a day's figure takes a day, and people write about it for longer. */
const INCIDENT_HOURS = 6;
const DAILY_HOURS = 24;
const SLOW_HOURS = 48;
const SLOW = 'ticket_rate';
const HOURS_A_DAY = 24;

/** The leader’s metric back at what was expected of it, within hours. */
export function expectationOfIncident({ lead, since, picture: { latest } }: Incident): Expectation {
  return {
    metric: lead.metric === 'traffic' ? 'pageviews' : lead.metric,
    surface: lead.surface,
    direction: lead.direction === 'up' ? 'down' : 'up',
    observed: latest.current,
    normal: latest.expected,
    size: null,
    since,
    horizonHours: INCIDENT_HOURS,
  };
}

/** Null where its main finding is of no page, or of nothing that is kept by the hour. @param zone IANA. */
export function expectationOfPriority(priority: Priority, zone: string): Expectation | null {
  const { entity_type, entity_key, pattern_record: record } = priority;
  const [lead] = record.findings;
  if (entity_type !== 'surface' || lead?.current == null || lead.direction === null) return null;
  const metric = lead.metric === 'traffic' ? 'pageviews' : lead.metric;
  if (effectMetric(metric) === undefined) return null;
  // Views are judged by the day, and held against each other by the hour.
  const unit = metric === 'pageviews' ? HOURS_A_DAY : 1;
  return {
    metric,
    surface: entity_key,
    direction: lead.direction === 'up' ? 'down' : 'up',
    observed: lead.current / unit,
    normal: lead.expected === null ? null : lead.expected / unit,
    size: null,
    since: startOfDay(record.since, zone),
    horizonHours: metric === SLOW ? SLOW_HOURS : DAILY_HOURS,
  };
}
