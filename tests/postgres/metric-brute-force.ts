/** Metrics computed the slow and obvious way, straight from their definitions, to hold the SQL against. */
import { Temporal } from 'temporal-polyfill';
import type { Measure } from '../../src/core/catalogue/define.ts';
import { findMetric, getMeasure } from '../../src/core/catalogue/index.ts';
import { createSurfaceMatcher } from '../../src/core/delivery/surface-pattern.ts';
import type { CheckedQuery, QueryWindow } from '../../src/core/query/metric-query.ts';
import type { Figure } from '../../src/core/query/metric-result.ts';
import type { StorableEvent } from '../../src/core/records.ts';

export interface World {
  events: readonly StorableEvent[];
  zone: string;
  failureStatuses: readonly number[];
  asOf: number;
  /** From a signature to the one it is counted under. */
  merges?: ReadonlyMap<string, string>;
  /** Topics of tickets that have none of their own, by event key. */
  themes?: ReadonlyMap<string, string>;
}

export function dimensionValue(world: World, event: StorableEvent, dimension: string): string | null {
  switch (dimension) {
    case 'surface':
    case 'source':
    case 'release':
    case 'env':
    case 'account':
    case 'endpoint':
      return event[dimension];
    case 'severity':
    case 'status':
      return event[dimension] === null ? null : String(event[dimension]);
    case 'error_signature':
      return event.error_signature === null
        ? null
        : (world.merges?.get(event.error_signature) ?? event.error_signature);
    case 'ticket_topic':
      return event.ticket_topic ?? (event.type === 'ticket' ? (world.themes?.get(event.event_key) ?? null) : null);
    default: {
      const value = event.meta[dimension];
      return value === undefined || value === null ? null : String(value);
    }
  }
}

function passes(world: World, event: StorableEvent, dimension: string, sent: unknown): boolean {
  const value = dimensionValue(world, event, dimension);
  const wanted = (Array.isArray(sent) ? sent : [sent]).map(String);
  if (value === null) return false;
  return wanted.some((one) => {
    if (dimension === 'surface') return one.includes('*') ? createSurfaceMatcher(one)(value) : one === value;
    if (dimension === 'status') return one.toLowerCase().endsWith('xx') ? one[0] === value[0] : one === value;
    if (dimension === 'error_signature') return (world.merges?.get(one) ?? one) === value;
    return one === value;
  });
}

export function isSelected(
  { failureStatuses }: World,
  { events }: Pick<Measure, 'events'>,
  event: StorableEvent,
): boolean {
  return events.some(
    ({ type, failed, meta }) =>
      event.type === type &&
      (!failed || (event.status !== null && (event.status >= 500 || failureStatuses.includes(event.status)))) &&
      Object.entries(meta ?? {}).every(([key, value]) => String(event.meta[key]) === value),
  );
}

export const instantOf = (bound: string, zone: string): number =>
  Temporal.PlainDateTime.from(bound).toZonedDateTime(zone).epochMilliseconds;

const labels = new Map<string, string>();

export function bucketLabel(ts: number, grain: string, zone: string): string {
  const place = `${ts} ${grain} ${zone}`;
  const label = labels.get(place) ?? findLabel(ts, grain, zone);
  labels.set(place, label);
  return label;
}

function findLabel(ts: number, grain: string, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(ts).toZonedDateTimeISO(zone);
  const date = local.toPlainDate();
  if (grain === 'hour') return `${date}T${String(local.hour).padStart(2, '0')}:00`;
  if (grain === 'week') return date.subtract({ days: date.dayOfWeek - 1 }).toString();
  return grain === 'month' ? date.with({ day: 1 }).toString() : date.toString();
}

/** Rows (those of buckets only where something happened), total and number of groups; `undefined` for a method. */
export function bruteForceAnswer(world: World, query: CheckedQuery) {
  const metric = findMetric(query.metric);
  if (!metric || 'method' in metric.of) return undefined;
  const { of } = metric;
  const numerator = getMeasure('measure' in of ? of.measure : of.numerator);
  const denominator = 'measure' in of ? undefined : getMeasure(of.denominator);
  const sample = getMeasure(metric.minimum_sample.measure);
  const numeratorOnly = (dimension: string) => metric.numerator_dimensions.includes(dimension);
  const filters = [
    ...(query.surface === null ? [] : [['surface', query.surface] as const]),
    ...Object.entries(query.filters),
  ];
  const stored = [...new Map(world.events.map((event) => [event.event_key, event])).values()];
  const first = firstInstant(stored, [numerator, ...(denominator ? [denominator] : [])], world);

  const inWindow = (window: QueryWindow) =>
    stored.filter(
      (event) =>
        event.ts >= instantOf(window.start, world.zone) &&
        event.ts < instantOf(window.end, world.zone) &&
        event.ts <= world.asOf,
    );
  const filtered = (events: readonly StorableEvent[], forNumerator: boolean) =>
    events.filter((event) =>
      filters.every(
        ([dimension, sent]) => (numeratorOnly(dimension) && !forNumerator) || passes(world, event, dimension, sent),
      ),
    );

  /** The figure of events of one window and bucket, of one group or of all. */
  const figureOf = (events: readonly StorableEvent[], key: Record<string, string | null>): Figure => {
    const ofGroup = (list: readonly StorableEvent[], forNumerator: boolean) =>
      list.filter((event) =>
        Object.entries(key).every(
          ([dimension, value]) =>
            (numeratorOnly(dimension) && !forNumerator) || dimensionValue(world, event, dimension) === value,
        ),
      );
    const top = ofGroup(filtered(events, true), true).filter((event) => isSelected(world, numerator, event));
    const bottom = denominator
      ? ofGroup(filtered(events, false), false).filter((event) => isSelected(world, denominator, event))
      : [];
    const sampled =
      sample.id === numerator.id
        ? top
        : ofGroup(filtered(events, false), false).filter((event) => isSelected(world, sample, event));
    const size = sample.aggregation.kind === 'distinct' ? (aggregate(sample, sampled) ?? 0) : sampled.length;
    const value = aggregate(numerator, top);
    if (numerator.aggregation.kind === 'percentile')
      return { value, numerator: null, denominator: null, sample: top.filter((event) => event.value !== null).length };
    if (!denominator) return { value: value ?? 0, numerator: null, denominator: null, sample: size };
    const below = aggregate(denominator, bottom) ?? 0;
    return {
      value: below === 0 ? null : (value ?? 0) / below,
      numerator: value ?? 0,
      denominator: below,
      sample: size,
    };
  };

  const keysIn = (events: readonly StorableEvent[]) => {
    const onlyNumerator = query.group_by.some(numeratorOnly);
    const told = [
      ...filtered(events, true).filter((event) => isSelected(world, numerator, event)),
      ...filtered(events, false).filter(
        (event) =>
          !onlyNumerator &&
          sample.id !== numerator.id &&
          ((denominator && isSelected(world, denominator, event)) || isSelected(world, sample, event)),
      ),
    ];
    const keys = told.map((event) => query.group_by.map((dimension) => dimensionValue(world, event, dimension)));
    return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
  };

  const now = inWindow(query.window);
  const before = query.compare && inWindow(query.compare);
  const compareStart = (key: (string | null)[], other: (string | null)[]) => {
    for (const [at, value] of key.entries()) {
      const against = other[at] ?? null;
      if (value === against) continue;
      if (value === null || against === null) return value === null ? 1 : -1;
      return Buffer.compare(Buffer.from(value), Buffer.from(against));
    }
    return 0;
  };
  const toKey = (values: (string | null)[]) =>
    Object.fromEntries(query.group_by.map((dimension, at) => [dimension, values[at] ?? null]));
  const ranked = keysIn(now)
    .map((values) => ({ values, figure: figureOf(now, toKey(values)) }))
    .sort((a, b) => {
      const [left, right] = [a.figure.value, b.figure.value];
      if (left !== right && left === null) return 1;
      if (left !== right && right === null) return -1;
      if (left !== right && left !== null && right !== null) return query.order === 'asc' ? left - right : right - left;
      return compareStart(a.values, b.values);
    });
  const shown = query.group_by.length === 0 ? [[]] : ranked.slice(0, query.limit).map(({ values }) => values);
  const byBucket = (events: readonly StorableEvent[]) => {
    const found = new Map<string, StorableEvent[]>();
    if (query.grain === null) return found;
    for (const event of events) {
      const label = bucketLabel(event.ts, query.grain, world.zone);
      found.set(label, [...(found.get(label) ?? []), event]);
    }
    return found;
  };
  const nowBuckets = byBucket(now);
  const beforeBuckets = byBucket(before ?? []);
  return {
    first,
    total: { figure: figureOf(now, {}), compared: before && figureOf(before, {}) },
    groups: query.group_by.length === 0 ? 0 : ranked.length,
    keys: shown.map(toKey),
    figure: (key: Record<string, string | null>, bucket: string | null) =>
      figureOf(bucket === null ? now : (nowBuckets.get(bucket) ?? []), key),
    compared: (key: Record<string, string | null>, bucket: string | null) =>
      before && figureOf(bucket === null ? before : (beforeBuckets.get(bucket) ?? []), key),
  };
}

/** The first day there is data of every part. */
function firstInstant(events: readonly StorableEvent[], measures: readonly Measure[], world: World): string | null {
  const firsts = measures.map((measure) => {
    const types = measure.events.map(({ type }) => type);
    return Math.min(...events.filter(({ type }) => types.includes(type)).map(({ ts }) => ts));
  });
  const first = Math.max(...firsts);
  return Number.isFinite(first) && first <= world.asOf ? bucketLabel(first, 'day', world.zone) : null;
}

function aggregate({ aggregation }: Measure, events: readonly StorableEvent[]): number | null {
  switch (aggregation.kind) {
    case 'count':
      return events.length;
    case 'sum':
      return events.reduce((sum, event) => sum + (event[aggregation.of] ?? 0), 0);
    case 'distinct': {
      const idOf = (event: StorableEvent) =>
        aggregation.of === 'conversation' ? event.meta.conversation_id : event[aggregation.of];
      return new Set(events.map(idOf).filter((id) => id !== null && id !== undefined)).size;
    }
    case 'percentile':
      return percentile(
        events.flatMap(({ value }) => value ?? []),
        aggregation.p,
      );
    case 'exposure':
      return null;
  }
}

export function percentile(values: readonly number[], p: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low === undefined || high === undefined ? null : low + (high - low) * (at - Math.floor(at));
}
