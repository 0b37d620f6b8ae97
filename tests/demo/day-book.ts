import { normaliseRoute } from '../../src/core/text/route.ts';
import { dateInZone } from '../../src/core/window.ts';
import type { DemoEvent } from '../../src/demo/demo-event.ts';

/** Counts of a product's events by surface and local day, taken in one pass. */
export interface DayBook {
  total: number;
  outOfOrder: number;
  /** By "type" and by "source". */
  kinds: Map<string, number>;
  count(surface: string, date: string, measure: string): number;
  /** Milliseconds of the requests of a surface on a day, sorted. */
  latencies(surface: string, date: string): number[];
  surfaces: Set<string>;
}

/** Counts each type a surface and day, `failed` requests (403 or 5xx), and under `*` each type and source a day. */
export function keepDayBook(
  events: Iterable<DemoEvent>,
  timezone: string,
  look: (event: DemoEvent) => void = () => undefined,
): DayBook {
  const counts = new Map<string, number>();
  const latencies = new Map<string, number[]>();
  const kinds = new Map<string, number>();
  const surfaces = new Set<string>();
  const dates = new Map<number, string>();
  const routes = new Map<string, string | null>();
  let total = 0;
  let last = 0;
  let outOfOrder = 0;
  const add = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const event of events) {
    look(event);
    total += 1;
    const ts = typeof event.ts === 'number' ? event.ts : Date.parse(event.ts);
    if (ts < last) outOfOrder += 1;
    last = ts;
    const hour = Math.floor(ts / 3_600_000);
    const date = dates.get(hour) ?? dateInZone(ts, timezone);
    dates.set(hour, date);
    const raw = event.surface ?? '';
    const route = routes.get(raw) ?? normaliseRoute(raw) ?? '';
    routes.set(raw, route);
    if (route !== '') surfaces.add(route);
    add(kinds, event.type);
    add(kinds, event.source);
    add(counts, `${route} ${date} ${event.type}`);
    add(counts, `* ${date} ${event.type}`);
    add(counts, `* ${date} ${event.source}`);
    const status = Number(event.meta.status);
    if (event.type === 'request' && (status >= 500 || status === 403)) add(counts, `${route} ${date} failed`);
    if (event.type === 'request') {
      const key = `${route} ${date}`;
      const known = latencies.get(key) ?? [];
      known.push(event.value ?? 0);
      latencies.set(key, known);
    }
  }
  return {
    total,
    outOfOrder,
    kinds,
    surfaces,
    count: (surface, date, measure) => counts.get(`${surface} ${date} ${measure}`) ?? 0,
    latencies: (surface, date) => (latencies.get(`${surface} ${date}`) ?? []).toSorted((a, b) => a - b),
  };
}
