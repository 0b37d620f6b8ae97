import type { HomeModel } from '../../src/core/delivery/home-model.ts';
import type { Mute } from '../../src/core/delivery/mute.ts';
import type { Subscription } from '../../src/core/delivery/subscription.ts';
import { listDays, weekEndingOn } from '../../src/core/window.ts';
import { incidentOf, SINCE } from './incident-models.ts';
import { DATE, priorityOf } from './models.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
export const VIEWER = 'U0000MAYA';

export const subscriptionOf = (number: number, change: Partial<Subscription> = {}): Subscription => ({
  id: `0199f000-0000-7000-8000-0000000000${String(number).padStart(2, '0')}`,
  number,
  kind: 'digest',
  channel: 'C000HEALTH',
  surfaces: [],
  severity: 'low',
  schedule: { minute: 540, weekdays: [1, 2, 3, 4, 5], zone: 'Europe/Berlin' },
  question: null,
  quiet: null,
  weeklyBudget: 10,
  createdBy: 'system',
  createdAt: SINCE,
  paused: null,
  nextDueAt: Date.UTC(2026, 1, 2, 8),
  ...change,
});

export const muteOf = (number: number, change: Partial<Mute> = {}): Mute => ({
  id: `0199f000-0000-7000-8000-1000000000${String(number).padStart(2, '0')}`,
  number,
  target: 'surface',
  pattern: '/reports*',
  until: SINCE + 5 * DAY,
  reason: 'nightly export',
  createdBy: 'U00000LEO',
  createdAt: SINCE - DAY,
  ...change,
});

/** Friday 30 January, 16:05 in Berlin: one incident of the viewer's, one of nobody's, a source that fell silent. */
export function homeOf(change: Partial<HomeModel> = {}): HomeModel {
  return {
    viewer: VIEWER,
    isAdmin: false,
    admins: ['U00000LEO'],
    now: SINCE + 2 * HOUR + 5 * 60_000,
    timezone: 'Europe/Berlin',
    currency: 'USD',
    stop: null,
    waiting: { yours: [], others: [], total: 0 },
    incidents: [
      incidentOf({ state: 'acknowledged', owner: VIEWER, acknowledgedAt: SINCE + HOUR }),
      incidentOf({
        number: 13,
        severity: 'medium',
        lead: { surface: '/search', metric: 'error_rate', direction: 'up' },
      }),
    ],
    latest: {
      date: DATE,
      surfaces: 40,
      total: 5,
      priorities: ['/checkout', '/search', '/api/orders'].map((surface, index) => priorityOf(index + 1, surface)),
    },
    week: {
      days: listDays(weekEndingOn(DATE)),
      judged: 6,
      groups: [
        {
          group: '/checkout',
          worst: 'high',
          health: ['normal', 'normal', null, 'low', 'medium', 'high', 'high'],
        },
        {
          group: '/search',
          worst: 'medium',
          health: ['normal', 'normal', null, 'normal', 'normal', 'normal', 'medium'],
        },
        { group: null, worst: 'low', health: ['low', 'normal', null, 'normal', 'normal', 'normal', 'normal'] },
      ],
      gaps: [{ date: '2026-01-24', sources: ['helpscout'] }],
    },
    subscriptions: [
      subscriptionOf(1),
      subscriptionOf(2, {
        kind: 'alerts',
        schedule: null,
        nextDueAt: null,
        severity: 'medium',
        quiet: { from: 1320, until: 420, zone: 'Europe/Berlin' },
      }),
      subscriptionOf(4, {
        kind: 'question',
        question: 'how many signups last week?',
        channel: 'C0000GROWTH',
        paused: { reason: 'not_in_channel', at: SINCE - DAY },
      }),
    ],
    mutes: [muteOf(3), muteOf(5, { target: 'error_signature', pattern: 'BOT_PROBE', until: null, reason: null })],
    sources: [
      { source: 'helpscout', lastEventAt: SINCE - 24 * HOUR, silentHours: 26 },
      { source: 'posthog', lastEventAt: SINCE + 2 * HOUR, silentHours: null },
      { source: 'sentry', lastEventAt: SINCE + HOUR, silentHours: null },
    ],
    report: {
      alerts: 9,
      useful: 7,
      notIncidents: 1,
      missed: 1,
      drill: {
        first: '2026-01-04',
        last: '2026-01-24',
        surfaces: 40,
        planted: 20,
        found: 18,
        material: 16,
        material_found: 16,
        days_to_detect: 0.4,
        told_a_day: 0.05,
        missed: [],
        ran_at: Date.UTC(2026, 0, 25, 3, 30),
      },
    },
    checklist: { events: 'done', channel: 'done', invited: 'done', digest: 'done', admins: 'done', model: 'missing' },
    ...change,
  };
}

/** As somebody sees it who has just installed Seepass. */
export const newHomeOf = (change: Partial<HomeModel> = {}): HomeModel =>
  homeOf({
    admins: [],
    incidents: [],
    latest: null,
    week: null,
    subscriptions: [],
    mutes: [],
    sources: [],
    report: { alerts: 0, useful: 0, notIncidents: 0, missed: 0, drill: null },
    checklist: {
      events: 'missing',
      channel: 'missing',
      invited: 'missing',
      digest: 'missing',
      admins: 'missing',
      model: 'missing',
    },
    ...change,
  });
