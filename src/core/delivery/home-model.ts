/** Everything the App Home of one person shows. */
import type { DrillReport } from '../backtest/drill.ts';
import type { Incident } from '../incident/incident.ts';
import type { GlobalStop, Waiting } from '../proposal/proposal-view.ts';
import type { Priority, Severity, Source } from '../records.ts';
import type { Checklist } from './home-checklist.ts';
import type { HomeWeek } from './home-week.ts';
import type { Mute } from './mute.ts';
import type { Subscription } from './subscription.ts';

/** Figures about alerts are of the last so many days. */
export const REPORT_DAYS = 28;
/** Priorities of the last judged day that are named. */
export const HOME_ITEMS = 3;

export interface HomeSource {
  source: Source;
  /** Epoch milliseconds. */
  lastEventAt: number;
  /** Whole hours; null while it is fresh. */
  silentHours: number | null;
}

/** How well detection does here. Alerts and judgements are of the last `REPORT_DAYS` days. */
export interface ReportCard {
  /** Incidents told in a channel. */
  alerts: number;
  /** Incidents that people resolved, and that they said were none. */
  useful: number;
  notIncidents: number;
  /** Days of a page that people said were an incident nobody was told of. */
  missed: number;
  /** Null before the first one. */
  drill: (DrillReport & { ran_at: number }) | null;
}

export interface HomeModel {
  /** Slack user id. */
  viewer: string;
  isAdmin: boolean;
  /** Slack user ids. */
  admins: string[];
  /** Epoch milliseconds. */
  now: number;
  /** IANA zone. */
  timezone: string;
  /** ISO 4217. */
  currency: string;
  /** Everything is held; null where nothing is. */
  stop: GlobalStop | null;
  /** What waits for a decision. */
  waiting: Waiting;
  /** Live ones: the viewer's first, then by severity, oldest first. */
  incidents: Incident[];
  /** The last judged day's first priorities; null before any day was judged. */
  latest: { date: string; surfaces: number; total: number; priorities: Priority[] } | null;
  /** Null before any day was judged. */
  week: HomeWeek | null;
  subscriptions: Subscription[];
  mutes: Mute[];
  sources: HomeSource[];
  report: ReportCard;
  checklist: Checklist;
}

const SEVERITY_ORDER: readonly Severity[] = ['high', 'medium', 'low'];

export function orderIncidents(incidents: readonly Incident[], viewer: string): Incident[] {
  const mine = ({ owner }: Incident): number => (owner === viewer ? 0 : 1);
  return incidents.toSorted(
    (a, b) =>
      mine(a) - mine(b) ||
      SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity) ||
      a.since - b.since ||
      a.number - b.number,
  );
}

/** What is sent to a person rather than to a channel. */
export const isDirect = (channel: string): boolean => /^[DUW]/.test(channel);

/**
 * Those a person may read of: their own and the workspace's; an admin reads of every channel's too. A question in
 * somebody's own messages is nobody else's business.
 */
export function visibleSubscriptions(
  subscriptions: readonly Subscription[],
  { viewer, isAdmin }: { viewer: string; isAdmin: boolean },
): Subscription[] {
  const own = ({ createdBy, channel }: Subscription): boolean => createdBy === viewer || channel === viewer;
  return subscriptions
    .filter((one) => own(one) || (!isDirect(one.channel) && (isAdmin || one.createdBy === 'system')))
    .sort((a, b) => Number(own(b)) - Number(own(a)) || a.number - b.number);
}
