/** Hours of a made-up product as the detector reads them, and what a test does to them. */
import { type HourHistory, HourHistoryBuilder, type SurfaceHour } from '../../../src/core/detect/hour-history.ts';
import { type Hour, hourOfDay, listHours } from '../../../src/core/hours.ts';
import { simulateHours } from '../../../src/core/simulate/hours.ts';
import { simulateProduct } from '../../../src/core/simulate/product.ts';
import { dayInstants } from '../../../src/core/window.ts';

export interface SimulatedHours {
  hours: Hour[];
  rows: SurfaceHour[];
}

/** Every hour of the days up to `end`, without incidents; the hour that a clock skips has no rows, one that comes twice has them twice. */
export function simulatedHours({
  seed = 8,
  surfaces = 12,
  days = 30,
  end = '2026-03-12',
  zone = 'UTC',
} = {}): SimulatedHours {
  const { surfaceDays } = simulateProduct({
    seed,
    surfaces,
    days,
    end,
    incidentsAMonth: 0,
    decoys: false,
    breakdown: false,
  });
  const byDate = new Map<string, ReturnType<typeof simulateHours>>();
  for (const row of simulateHours(surfaceDays, seed)) {
    const others = byDate.get(row.date);
    if (others) others.push(row);
    else byDate.set(row.date, [row]);
  }
  const simulated: SimulatedHours = { hours: [], rows: [] };
  for (const [date, drawn] of [...byDate].sort(([a], [b]) => (a < b ? -1 : 1)))
    for (const hour of listHours(dayInstants(date, zone), zone)) {
      simulated.hours.push(hour);
      const local = hourOfDay(hour.start, zone);
      for (const row of drawn)
        if (row.hour === local) simulated.rows.push({ ...row, hour: hour.start, latency_p95: null });
    }
  return simulated;
}

/** As the store lays them out; rows in which nothing was counted are not stored. */
export function layOutHours({ hours, rows }: SimulatedHours): HourHistory {
  const builder = new HourHistoryBuilder(hours);
  const [first, last] = [hours[0]?.start ?? 0, hours.at(-1)?.start ?? -1];
  for (const row of rows) {
    const counted = row.pageviews + row.requests + row.errors + row.dropoffs + row.actions + row.tickets;
    if (counted > 0 && row.hour >= first && row.hour <= last) builder.add(row);
  }
  return builder.build();
}

/** The surface with most views. */
export function busiestPage(rows: readonly SurfaceHour[]): string {
  const views = new Map<string, number>();
  for (const { surface, pageviews } of rows) views.set(surface, (views.get(surface) ?? 0) + pageviews);
  return [...views].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}
