/** Members of an incident, from what was found. */
import type { HourlyFinding } from '../detect/hours/hourly-finding.ts';
import { memberKey } from './change.ts';
import type { Incident, IncidentMember } from './incident.ts';

export const memberOf = ({ surface, metric, since }: HourlyFinding): IncidentMember => ({
  surface,
  metric,
  since,
  recovered: false,
});

export const leadOf = ({ surface, metric, direction }: HourlyFinding): Incident['lead'] => ({
  surface,
  metric,
  direction,
});

/** In its place, or last. */
export function withMember(members: readonly IncidentMember[], member: IncidentMember): IncidentMember[] {
  const key = memberKey(member);
  if (!members.some((each) => memberKey(each) === key)) return [...members, member];
  return members.map((each) => (memberKey(each) === key ? member : each));
}
