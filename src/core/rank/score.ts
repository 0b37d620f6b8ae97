/**
 * The score: 0-100, the sum of six named drivers, moved a little by what people said of earlier ones. Each driver's points are halves, which binary floats add up
 * exactly, so that what people see adds up to the score to the last digit.
 */
import type { Driver, Finding, PatternRecord } from '../records.ts';
import { harmOf, timesNormal } from './severity.ts';

/** Most points of each driver. Whom it hits and how badly outweighs that it is new. */
export const DRIVER_POINTS = {
  severity: 25,
  reach: 20,
  money: 20,
  corroboration: 15,
  novelty: 10,
  trend: 10,
} as const satisfies Record<Exclude<Driver['name'], 'feedback'>, number>;

/** Values that earn a driver's full points; logarithms in between, since ten accounts against one matter most. */
const FULL_ACCOUNTS = 200;
const FULL_MISSING_VIEWS = 5000;
const FULL_MONEY = 100_000;
const MONEY_STEP = 500;
/** Days after which nothing is new any more. */
const NOVEL_DAYS = 7;
const TREND_DAYS = 3;

/** Kinds of signal that come from different tools, so that agreement between them is no echo. */
const FAMILIES: Readonly<Record<string, string>> = {
  error_rate: 'errors',
  failure_rate: 'errors',
  errors: 'errors',
  surfaces: 'errors',
  dropoff_rate: 'behaviour',
  conversion_rate: 'behaviour',
  pageviews: 'behaviour',
  requests: 'behaviour',
  ticket_rate: 'tickets',
  latency_p95: 'speed',
  unmatched_rate: 'hand-over',
};
const CORROBORATION_SHARE = [0, 0, 0.6, 0.9, 1];

/** The drivers of a record in a fixed order; every one is there, also at 0 points. */
export function driversOf(record: PatternRecord): Driver[] {
  const flagged = record.findings.filter(
    ({ metric, direction }) => direction !== null && FAMILIES[metric] !== undefined,
  );
  const lead = flagged[0];
  const families = new Set(flagged.map(({ metric }) => FAMILIES[metric]));
  const worst = Math.max(0, ...flagged.map(harmOf));
  const money = Math.max(0, record.signals.revenue_at_risk);
  const agreement = CORROBORATION_SHARE[Math.min(families.size, CORROBORATION_SHARE.length - 1)] ?? 0;
  const rising = trendOf(record, lead);
  return [
    driver('severity', lead ? Number(timesNormal(lead).toPrecision(3)) : 1, 'times normal', worst),
    reachOf(record, lead),
    driver('money', money, 'exposed a month', logShare(money / MONEY_STEP, FULL_MONEY / MONEY_STEP)),
    driver('corroboration', families.size, families.size === 1 ? 'kind of signal' : 'kinds of signal', agreement),
    driver('novelty', record.days, record.days === 1 ? 'day' : 'days', 1 - (record.days - 1) / NOVEL_DAYS),
    driver('trend', Math.round(rising * 100), `% of the excess came within ${TREND_DAYS} days`, rising),
  ];
}

/** Exactly the sum of the drivers' points. */
export function scoreOf(drivers: readonly Driver[]): number {
  return drivers.reduce((sum, { points }) => sum + points, 0);
}

function driver(name: keyof typeof DRIVER_POINTS, value: number, unit: string, share: number): Driver {
  const points = Math.round(Math.min(1, Math.max(0, share)) * DRIVER_POINTS[name] * 2) / 2;
  return { name, value, unit, points };
}

/** Accounts with trouble; users where no accounts are known; views missing where nobody could even arrive. */
function reachOf({ signals }: PatternRecord, lead: Finding | undefined): Driver {
  const { affected_accounts: accounts, affected_users: users, traffic } = signals;
  const missing = lead?.rule === 'traffic-drop' ? Math.max(0, (traffic.baseline ?? 0) - traffic.current) : 0;
  const byAccounts = logShare(accounts, FULL_ACCOUNTS);
  const byViews = logShare(missing, FULL_MISSING_VIEWS);
  if (byViews > byAccounts) return driver('reach', Math.round(missing), 'views missing', byViews);
  return accounts > 0 || users === 0
    ? driver('reach', accounts, accounts === 1 ? 'account' : 'accounts', byAccounts)
    : driver('reach', users, users === 1 ? 'user' : 'users', logShare(users / 3, FULL_ACCOUNTS));
}

/** Share of today's excess that was not there on the three days before: 1 new or soaring, 0 steady or easing. */
function trendOf({ series }: PatternRecord, lead: Finding | undefined): number {
  const sign = lead?.direction === 'down' ? -1 : 1;
  const excess = series.points.map(({ value, expected }) =>
    value === null || expected === null ? null : Math.max(0, sign * (value - expected)),
  );
  const today = excess.at(-1) ?? null;
  const before = excess.slice(-1 - TREND_DAYS, -1).flatMap((value) => value ?? []);
  if (today === null || today <= 0 || before.length === 0) return 0;
  const usual = before.reduce((sum, value) => sum + value, 0) / before.length;
  return Math.min(1, Math.max(0, 1 - usual / today));
}

function logShare(value: number, full: number): number {
  return value > 0 ? Math.log1p(value) / Math.log1p(full) : 0;
}
