/** A product's days as counts by every dimension at once, and the closed queries answered from them. */
import { findMetric } from '../../../src/core/catalogue/index.ts';
import type { CheckedQuery, QueryWindow } from '../../../src/core/query/metric-query.ts';
import type { Figure, MetricResult } from '../../../src/core/query/metric-result.ts';

export const DIMENSIONS = [
  'surface',
  'release',
  'platform',
  'account',
  'status',
  'endpoint',
  'error_signature',
  'ticket_topic',
] as const;
type Dimension = (typeof DIMENSIONS)[number];

export const COUNTS = [
  'pageviews',
  'actions',
  'dropoffs',
  'errors',
  'tickets',
  'requests',
  'request_failures',
  'orders',
] as const;
export type Count = (typeof COUNTS)[number];

export type Cell = Partial<Record<Dimension, string>> &
  Partial<Record<Count, number>> & {
    /** YYYY-MM-DD. */
    date: string;
    /** Milliseconds, of its requests. */
    p95?: number;
    /** Minor units, of its orders. */
    revenue?: number;
  };

const RATES: Readonly<Record<string, readonly [Count, Count]>> = {
  error_rate: ['errors', 'pageviews'],
  failure_rate: ['request_failures', 'requests'],
  dropoff_rate: ['dropoffs', 'pageviews'],
  conversion_rate: ['actions', 'pageviews'],
  ticket_rate: ['tickets', 'pageviews'],
};

/** As the metric store answers: groups in the query's order, totals over all of them. */
export function answerFromCells(cells: readonly Cell[], query: CheckedQuery): MetricResult {
  const now = within(cells, query, query.window);
  const before = query.compare ? within(cells, query, query.compare) : null;
  const [dimension] = query.group_by;
  const figure = (of: readonly Cell[]): Figure => figureOf(of, query.metric);
  const total = { figure: figure(now), compared: before && figure(before) };
  const rest = { watermark: null, first_date: null, served_by: 'events' as const, totals_only: [], totals_partly: [] };
  if (query.grain === 'day') {
    const days = [...new Set(now.map(({ date }) => date))].sort();
    const rows = days.map((bucket) => ({
      ...{ key: {}, bucket, partial: false, compared: null },
      figure: figure(now.filter(({ date }) => date === bucket)),
    }));
    return { rows, total, groups: 0, ...rest };
  }
  if (dimension === undefined)
    return { rows: [{ key: {}, bucket: null, partial: false, ...total }], total, groups: 1, ...rest };
  const of = (cell: Cell): string | null => cell[asDimension(dimension)] ?? null;
  const [groupsNow, groupsBefore] = [grouped(now, of), before && grouped(before, of)];
  const values = [...new Set([...groupsNow.keys(), ...(groupsBefore?.keys() ?? [])])];
  const rows = values.map((value) => ({
    ...{ key: { [dimension]: value }, bucket: null, partial: false },
    figure: figure(groupsNow.get(value) ?? []),
    compared: groupsBefore && figure(groupsBefore.get(value) ?? []),
  }));
  const held = rows.filter(({ figure: f, compared }) => holds(f) || (compared !== null && holds(compared)));
  held.sort((a, b) => (b.figure.value ?? -1) - (a.figure.value ?? -1));
  return { rows: held.slice(0, query.limit), total, groups: held.length, ...rest };
}

function grouped(cells: readonly Cell[], of: (cell: Cell) => string | null): Map<string | null, Cell[]> {
  const groups = new Map<string | null, Cell[]>();
  for (const cell of cells) {
    const group = groups.get(of(cell));
    if (group) group.push(cell);
    else groups.set(of(cell), [cell]);
  }
  return groups;
}

const holds = ({ value, denominator }: Figure): boolean => (value ?? 0) > 0 || (denominator ?? 0) > 0;

function asDimension(id: string): Dimension {
  const known = DIMENSIONS.find((each) => each === id);
  if (known === undefined) throw new RangeError(`cells have no ${id}`);
  return known;
}

const indexed = new WeakMap<readonly Cell[], Map<string, Cell[]>>();

function byDate(cells: readonly Cell[]): Map<string, Cell[]> {
  const known = indexed.get(cells);
  if (known) return known;
  const days = new Map<string, Cell[]>();
  for (const cell of cells) {
    const own = days.get(cell.date);
    if (own) own.push(cell);
    else days.set(cell.date, [cell]);
  }
  indexed.set(cells, days);
  return days;
}

/** What a numerator alone carries leaves views and requests alone, as in the store. */
function within(cells: readonly Cell[], query: CheckedQuery, { start, end }: QueryWindow): Cell[] {
  const alone = findMetric(query.metric);
  const numeratorOnly = alone && 'numerator_dimensions' in alone ? (alone.numerator_dimensions ?? []) : [];
  const denominator = RATES[query.metric]?.[1];
  const days = [...byDate(cells)].filter(([date]) => date >= start && date < end).flatMap(([, own]) => own);
  return days.filter((cell) => {
    if (query.surface !== null && cell.surface !== query.surface) return false;
    return Object.entries(query.filters).every(([dimension, value]) => {
      if (numeratorOnly.includes(dimension) && denominator && (cell[denominator] ?? 0) > 0) return true;
      return cell[asDimension(dimension)] === value;
    });
  });
}

function figureOf(cells: readonly Cell[], metric: string): Figure {
  const sum = (of: Count | 'revenue'): number => cells.reduce((all, cell) => all + (cell[of] ?? 0), 0);
  const none = { numerator: null, denominator: null };
  const rate = RATES[metric];
  if (rate) {
    const [numerator, denominator] = [sum(rate[0]), sum(rate[1])];
    return { value: denominator > 0 ? numerator / denominator : null, numerator, denominator, sample: denominator };
  }
  if (metric === 'latency_p95') {
    const timed = cells.filter(({ p95 }) => p95 !== undefined);
    const sample = timed.reduce((all, { requests = 0 }) => all + requests, 0);
    const level = timed.reduce((all, { p95 = 0, requests = 0 }) => all + p95 * requests, 0);
    return { value: sample > 0 ? level / sample : null, ...none, sample };
  }
  if (metric === 'aov') {
    const orders = sum('orders');
    return { value: orders > 0 ? sum('revenue') / orders : null, ...none, sample: orders };
  }
  const count = COUNTS.find((each) => each === metric);
  if (count === undefined) throw new RangeError(`cells have no ${metric}`);
  return { value: sum(count), ...none, sample: sum(count) };
}
