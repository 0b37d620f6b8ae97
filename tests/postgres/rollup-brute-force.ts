/** The rollups recomputed the slow and obvious way, straight from their definitions, to hold the SQL against. */
import { Temporal } from 'temporal-polyfill';
import type { StorableEvent } from '../../src/core/records.ts';

export interface RollupRules {
  timezone: string;
  failureStatuses: readonly number[];
}

interface Located extends StorableEvent {
  date: string;
  surface: string;
}

export function dateOf(ts: number, timezone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(ts).toZonedDateTimeISO(timezone).toPlainDate().toString();
}

/** The first minute of those around an instant in which the local clock shows the same hour at the same offset. */
export function hourStart(ts: number, timezone: string): number {
  const hour = localHour(ts, timezone);
  let start = Math.floor(ts / 60_000) * 60_000;
  while (localHour(start - 1, timezone) === hour) start -= 60_000;
  return start;
}

/** Kept, for walks over the same minutes again and again. */
const localHours = new Map<string, string>();

function localHour(at: number, timezone: string): string {
  const key = `${at} ${timezone}`;
  const known = localHours.get(key);
  if (known !== undefined) return known;
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
  const hour = `${local.toPlainDate()} ${local.hour} ${local.offset}`;
  localHours.set(key, hour);
  return hour;
}

/** The rows of the three daily rollups. */
export function bruteForceRollups(events: readonly StorableEvent[], rules: RollupRules) {
  const { surfaces, signatures, releases } = bruteForce(events, rules);
  return { surfaces: surfaces(), signatures: signatures(), releases: releases() };
}

/** The rows of the hourly rollup. */
export const bruteForceHours = (events: readonly StorableEvent[], rules: RollupRules) =>
  bruteForce(events, rules).hours();

function bruteForce(events: readonly StorableEvent[], { timezone, failureStatuses }: RollupRules) {
  const stored = [...new Map(events.map((event) => [event.event_key, event])).values()].sort(byTime);
  const located = stored.flatMap((event): Located[] =>
    event.surface === null ? [] : [{ ...event, surface: event.surface, date: dateOf(event.ts, timezone) }],
  );
  const failed = (event: StorableEvent) =>
    event.type === 'request' &&
    event.status !== null &&
    (event.status >= 500 || failureStatuses.includes(event.status));
  const isError = (event: StorableEvent) => event.type === 'error' || failed(event);
  const isHit = (event: StorableEvent) => isError(event) || event.type === 'dropoff' || event.type === 'ticket';
  const ofType = (bucket: readonly Located[], type: string) => bucket.filter((event) => event.type === type);

  const signatureRow = (bucket: readonly Located[], signature: string) => {
    const errors = bucket.filter((event) => isError(event) && event.error_signature === signature);
    const earliest = errors[0];
    return {
      workspace_id: 'local',
      date: earliest?.date,
      surface: earliest?.surface,
      signature,
      errors: errors.length,
      example: String(earliest?.meta.message ?? earliest?.meta.text ?? ''),
      url: earliest?.meta.url ?? null,
      release_top: mostFrequent(errors.map(({ release }) => release))[0]?.key ?? null,
    };
  };

  const monthly = (account: string, date: string): number => {
    const known = stored.filter(
      (event) =>
        event.account === account &&
        event.type === 'revenue' &&
        event.order_id === null &&
        dateOf(event.ts, timezone) <= date,
    );
    return known.at(-1)?.amount_minor ?? 0;
  };

  const surfaceRow = (bucket: readonly Located[]) => {
    const [first] = bucket;
    const errors = bucket.filter(isError);
    const requests = ofType(bucket, 'request');
    const times = requests.flatMap(({ value }) => (value === null ? [] : [value])).sort((a, b) => a - b);
    const hit = bucket.filter(isHit);
    const accounts = [...new Set(hit.flatMap(({ account }) => account ?? []))];
    const releases = mostFrequent(errors.map(({ release }) => release));
    const signatures = mostFrequent(errors.map(({ error_signature }) => error_signature)).slice(0, 10);
    const tickets = ofType(bucket, 'ticket');
    return {
      workspace_id: 'local',
      date: first?.date,
      surface: first?.surface,
      pageviews: ofType(bucket, 'pageview').length,
      actions: ofType(bucket, 'action').length,
      dropoffs: ofType(bucket, 'dropoff').length,
      errors: errors.length,
      tickets: tickets.length,
      replies: ofType(bucket, 'reply').length,
      requests: requests.length,
      request_failures: requests.filter(failed).length,
      latency_p50: percentile(times, 0.5),
      latency_p95: percentile(times, 0.95),
      affected_accounts: accounts.length,
      affected_users: new Set(hit.flatMap(({ user }) => user ?? [])).size,
      revenue: ofType(bucket, 'revenue').reduce((total, { amount_minor }) => total + (amount_minor ?? 0), 0),
      revenue_at_risk: accounts.reduce((total, account) => total + monthly(account, first?.date ?? ''), 0),
      release_top: releases[0]?.key ?? null,
      release_share: releases[0] ? releases[0].count / errors.length : null,
      env_top: mostFrequent(errors.map(({ env }) => env))[0]?.key ?? null,
      top_error_signatures: signatures.map(({ key, count }) => ({
        sig: key,
        count,
        example: signatureRow(bucket, key).example,
      })),
      top_ticket_topics: mostFrequent(tickets.map(({ ticket_topic }) => ticket_topic))
        .slice(0, 10)
        .map(({ key, count }) => ({
          topic: key,
          count,
          snippets: tickets
            .filter(({ ticket_topic }) => ticket_topic === key)
            .flatMap(({ meta }) => (typeof meta.text === 'string' ? [meta.text] : []))
            .slice(0, 3),
        })),
      origin: 'events',
      normaliser_version: 1,
    };
  };

  const hourRow = (bucket: readonly Located[]) => {
    const { date: _date, origin: _origin, ...row } = surfaceRow(bucket);
    return { ...row, hour: new Date(hourStart(bucket[0]?.ts ?? Number.NaN, timezone)) };
  };

  const group = (bucketOf: (event: Located) => string | number): Located[][] => {
    const groups = new Map<string, Located[]>();
    for (const event of located) {
      const key = `${bucketOf(event)} ${event.surface}`;
      groups.set(key, [...(groups.get(key) ?? []), event]);
    }
    return [...groups.values()];
  };
  const buckets = group(({ date }) => date);
  return {
    surfaces: () => buckets.map(surfaceRow).sort(byKeys),
    hours: () =>
      group(({ ts }) => hourStart(ts, timezone))
        .map(hourRow)
        .sort(byKeys),
    signatures: () =>
      buckets
        .flatMap((bucket) =>
          mostFrequent(bucket.filter(isError).map(({ error_signature }) => error_signature)).map(({ key }) =>
            signatureRow(bucket, key),
          ),
        )
        .sort(byKeys),
    releases: () =>
      buckets
        .flatMap((bucket) =>
          mostFrequent(bucket.map(({ release }) => release)).map(({ key }) => {
            const under = bucket.filter(({ release }) => release === key);
            return {
              workspace_id: 'local',
              date: under[0]?.date,
              surface: under[0]?.surface,
              release: key,
              pageviews: ofType(under, 'pageview').length,
              requests: ofType(under, 'request').length,
              errors: under.filter(isError).length,
            };
          }),
        )
        .filter(({ pageviews, requests, errors }) => pageviews + requests + errors > 0)
        .sort(byKeys),
  };
}

/** By count, most first, then by key in code point order; what is null is not counted. */
function mostFrequent(keys: readonly (string | null)[]): { key: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const key of keys) if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].map(([key, count]) => ({ key, count })).sort((a, b) => b.count - a.count || compare(a.key, b.key));
}

/** Linear interpolation between the two nearest ranks, as percentile_cont has it. */
function percentile(sorted: readonly number[], p: number): number | null {
  const rank = p * (sorted.length - 1);
  const low = sorted[Math.floor(rank)];
  const high = sorted[Math.ceil(rank)];
  if (low === undefined || high === undefined) return null;
  return low + (rank - Math.floor(rank)) * (high - low);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byTime = (a: StorableEvent, b: StorableEvent): number => a.ts - b.ts || compare(a.event_key, b.event_key);

export function byKeys(a: object, b: object): number {
  const key = (row: object) =>
    JSON.stringify(['date', 'hour', 'surface', 'release', 'signature'].map((name) => Reflect.get(row, name) ?? ''));
  return compare(key(a), key(b));
}
