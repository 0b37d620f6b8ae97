/** Incidents as rows, both ways. */
import type { Selectable } from 'kysely';
import type { Incident, IncidentEntry, IncidentMember } from '../core/incident/incident.ts';
import type { Database } from './tables.ts';

type MemberRow = Selectable<Database['incident_members']>;

export function toIncident(row: Selectable<Database['incidents']>, members: readonly MemberRow[]): Incident {
  const { lead_surface, lead_metric, lead_direction, acknowledged_at, snoozed_until, ended_at } = row;
  return {
    id: row.id,
    number: row.number,
    state: row.state,
    closure: row.closure,
    duplicateOf: row.duplicate_of,
    severity: row.severity,
    lead: { surface: lead_surface, metric: lead_metric, direction: lead_direction },
    members: members.map(toMember),
    since: row.since.getTime(),
    openedAt: row.opened_at.getTime(),
    normalHours: row.normal_hours,
    owner: row.owner,
    acknowledgedAt: acknowledged_at?.getTime() ?? null,
    snoozedUntil: snoozed_until?.getTime() ?? null,
    snoozedBy: row.snoozed_by,
    endedAt: ended_at?.getTime() ?? null,
    endedBy: row.ended_by,
    reopenings: row.reopenings,
    revision: row.revision,
    picture: row.picture,
  };
}

export const toMember = ({ surface, metric, since, recovered }: MemberRow): IncidentMember => ({
  surface,
  metric,
  since: since.getTime(),
  recovered,
});

export function toIncidentRow(incident: Incident) {
  const { lead, picture } = incident;
  return {
    number: incident.number,
    state: incident.state,
    closure: incident.closure,
    duplicate_of: incident.duplicateOf,
    severity: incident.severity,
    lead_surface: lead.surface,
    lead_metric: lead.metric,
    lead_direction: lead.direction,
    since: new Date(incident.since),
    opened_at: new Date(incident.openedAt),
    normal_hours: incident.normalHours,
    owner: incident.owner,
    acknowledged_at: dateOrNull(incident.acknowledgedAt),
    snoozed_until: dateOrNull(incident.snoozedUntil),
    snoozed_by: incident.snoozedBy,
    ended_at: dateOrNull(incident.endedAt),
    ended_by: incident.endedBy,
    reopenings: incident.reopenings,
    revision: incident.revision,
    picture: JSON.stringify(picture),
  };
}

export const toMemberRows = (workspace_id: string, { id, members }: Pick<Incident, 'id' | 'members'>) =>
  members.map(({ surface, metric, since, recovered }: IncidentMember, place) => ({
    workspace_id,
    incident_id: id,
    surface,
    metric,
    since: new Date(since),
    recovered,
    place,
  }));

export const toEntry = ({
  incident_id,
  sequence,
  at,
  actor,
  kind,
  details,
}: Selectable<Database['incident_entries']>): IncidentEntry => ({
  incidentId: incident_id,
  sequence,
  at: at.getTime(),
  actor,
  kind,
  details,
});

const dateOrNull = (at: number | null): Date | null => (at === null ? null : new Date(at));
