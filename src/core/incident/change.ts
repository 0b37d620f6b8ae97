/** Changes of an incident, and what several of them have in common. Each makes one revision. */
import type { Closure, Incident, IncidentEntry, IncidentMember } from './incident.ts';

/** Where the clock did it, not a person. */
export const SYSTEM = 'system';

export type NewEntry = Omit<IncidentEntry, 'sequence' | 'incidentId'>;

/** The whole of an incident afterwards, and what happened; without entries only its figures changed. */
export interface IncidentChange {
  /** The revision it was made from; null where the incident is new. */
  from: number | null;
  /** Its number is given by the store where it is new. */
  incident: Incident;
  entries: NewEntry[];
}

export function changeOf(incident: Incident, what: Partial<Incident>, entries: NewEntry[]): IncidentChange {
  return {
    from: incident.revision,
    incident: { ...incident, ...what, revision: incident.revision + 1 },
    entries,
  };
}

const AWAKE = { snoozedUntil: null, snoozedBy: null } as const;

export const awake = (): Partial<Incident> => AWAKE;

/** What ends an incident; a snooze ends with it. */
export function ended(
  how: { state: 'resolved' } | { state: 'closed'; closure: Closure; duplicateOf?: string },
  by: string,
  at: number,
): Partial<Incident> {
  const closure = how.state === 'closed' ? how.closure : null;
  const duplicateOf = how.state === 'closed' ? (how.duplicateOf ?? null) : null;
  return { state: how.state, closure, duplicateOf, endedAt: at, endedBy: by, ...AWAKE };
}

/** As one that was just opened: whoever was on it said goodbye when it ended. */
export function reopened({ reopenings }: Incident): Partial<Incident> {
  return {
    state: 'open',
    closure: null,
    duplicateOf: null,
    endedAt: null,
    endedBy: null,
    owner: null,
    acknowledgedAt: null,
    normalHours: 0,
    reopenings: reopenings + 1,
    ...AWAKE,
  };
}

/** The state of one that goes on. */
export const ongoingState = ({ owner }: Pick<Incident, 'owner'>): 'open' | 'acknowledged' =>
  owner === null ? 'open' : 'acknowledged';

/** Names a page's metric: at most one live incident tells of it. */
export const memberKey = ({ surface, metric }: Pick<IncidentMember, 'surface' | 'metric'>): string =>
  `${metric} ${surface}`;

/** Each page once, in order. */
export const surfacesOf = (members: readonly Pick<IncidentMember, 'surface'>[]): string[] => [
  ...new Set(members.map(({ surface }) => surface)),
];
