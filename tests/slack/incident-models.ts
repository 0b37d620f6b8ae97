import type { Incident, IncidentEntry, IncidentPicture } from '../../src/core/incident/incident.ts';
import type { IncidentChart } from '../../src/core/incident/incident-chart.ts';

const HOUR = 3_600_000;
/** Friday 30 January, 14:00 in Berlin. */
export const SINCE = Date.UTC(2026, 0, 30, 13);
export const ID = '019c0000-0000-7000-8000-000000000012';

export const pictureOf = (change: Partial<IncidentPicture> = {}): IncidentPicture => ({
  latest: { hour: SINCE, current: 0.148, expected: 0.0285, lower: 0.022, upper: 0.034 },
  peak: { hour: SINCE + HOUR, current: 0.174, expected: 0.0285, lower: 0.022, upper: 0.034 },
  trend: 'rising',
  count: { of: 'errors', hits: 61, exposure: 412, per: 'views' },
  accounts: 22,
  users: 40,
  signature: { name: 'PAYMENT_PROVIDER_TIMEOUT', share: 0.74 },
  release: { name: 'web@1.42.0', firstSeen: SINCE - 19 * 60_000, share: 0.71 },
  cause: null,
  ...change,
});

/** The mock-up's checkout that fails. */
export const incidentOf = (change: Partial<Incident> = {}, picture: Partial<IncidentPicture> = {}): Incident => ({
  id: ID,
  number: 12,
  state: 'open',
  closure: null,
  duplicateOf: null,
  severity: 'high',
  lead: { surface: '/checkout', metric: 'error_rate', direction: 'up' },
  members: [{ surface: '/checkout', metric: 'error_rate', since: SINCE, recovered: false }],
  since: SINCE,
  openedAt: SINCE + HOUR + 10 * 60_000,
  normalHours: 0,
  owner: null,
  acknowledgedAt: null,
  snoozedUntil: null,
  snoozedBy: null,
  endedAt: null,
  endedBy: null,
  reopenings: 0,
  revision: 1,
  picture: pictureOf(picture),
  ...change,
});

/** So many pages of one cause, the first of them the leader. */
export const membersOf = (count: number, name = (index: number): string => `/page/${index}`): Incident['members'] =>
  Array.from({ length: count }, (_, index) => ({
    surface: index === 0 ? '/checkout' : name(index),
    metric: 'error_rate',
    since: SINCE,
    recovered: index % 5 === 4,
  }));

export const entryOf = (change: Partial<IncidentEntry>): IncidentEntry => ({
  incidentId: ID,
  sequence: 1,
  at: SINCE + HOUR,
  actor: 'system',
  kind: 'opened',
  details: {},
  ...change,
});

/** Twenty hours, one of them without a figure. */
export const chartOf = (): IncidentChart => ({
  points: Array.from({ length: 24 }, (_, index) => ({
    hour: SINCE - (23 - index) * HOUR,
    value: index === 12 ? null : index === 23 ? 0.148 : 0.02 + (index % 5) / 500,
    expected: 0.022,
    lower: 0.01,
    upper: 0.034,
    told: index === 23,
  })),
});
