import { expect, it } from 'vitest';
import { dateInZone, startOfDay } from '../../src/core/window.ts';
import { judgeHours } from '../../src/pipeline/judge-hours.ts';
import type { Log } from '../../src/pipeline/ports.ts';
import { bulkInsert } from '../../src/postgres/bulk-insert.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { busiestPage, simulatedHours } from '../core/detect/simulated-hours.ts';
import { contextIn, DAY, HOUR } from '../postgres/rollup-fixture.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';

const ZONE = 'Europe/Berlin';
const simulated = simulatedHours({ surfaces: 4, days: 16, zone: ZONE });
/** Early in the afternoon of the last day. */
const END = simulated.hours.at(-10)?.end ?? 0;
/** The data's last hour but two: a burst on the busiest page lasts from then on. */
const BURST = END - 3 * HOUR;
const PAGE = busiestPage(simulated.rows);

/** Rows as aggregated, and a source that has spoken until the end. */
async function fill(handle: DatabaseHandle): Promise<void> {
  const rows = simulated.rows
    .filter(({ hour, pageviews, requests }) => hour < END && pageviews + requests > 0)
    .map(({ hour, latency_p95: _, ...row }) => ({
      workspace_id: 'local',
      hour: new Date(hour),
      surface: row.surface,
      pageviews: row.pageviews,
      actions: row.actions,
      dropoffs: row.dropoffs,
      errors: row.surface === PAGE && hour >= BURST ? row.pageviews + row.requests + 40 : row.errors,
      tickets: row.tickets,
      replies: 0,
      requests: row.requests,
      request_failures: row.request_failures,
      affected_accounts: 0,
      affected_users: 0,
      revenue: 0,
      revenue_at_risk: 0,
      top_error_signatures: [],
      top_ticket_topics: [],
      normaliser_version: 1,
    }));
  await bulkInsert(handle.kysely, 'hourly_surface_metrics', rows);
  const last = new Date(END);
  await handle.kysely
    .insertInto('source_freshness')
    .values({
      workspace_id: 'local',
      source: 'posthog',
      first_event_at: last,
      last_event_at: last,
      last_received_at: last,
      events_total: 1,
    })
    .execute();
}

describeOnEveryDatabase('judging hours', (open) => {
  it('learns from what there is, then judges each complete hour once, by one of two processes', async () => {
    const handle = await open();
    const logged: string[] = [];
    const log: Log = { ...silentLog, info: (_, message) => void logged.push(message) };
    const stores = createStores(handle, contextIn(ZONE));
    const tick = (now: number) =>
      judgeHours({ stores, asOf: now, timezone: ZONE, settleMinutes: 10, clock: () => now, log });

    expect(await tick(END)).toEqual({ hours: 0, findings: 0, maintained: 0 });
    await fill(handle);
    expect(await tick(END - 2 * HOUR + 9 * 60_000)).toMatchObject({ hours: 35 * 24 });
    expect(await stores.hourlyFindings.judgedUntil()).toBe(END - 3 * HOUR);
    expect(logged).toEqual([...Array<string>(5).fill('learning what hours are like'), 'hours judged']);
    const warm = await stores.hourlyFindings.load();

    const [first, second] = await Promise.all([tick(END - HOUR), tick(END - HOUR)]);
    expect([first, second]).toContainEqual({ hours: 0, findings: 0, maintained: 0 });
    expect([first, second]).toContainEqual(expect.objectContaining({ hours: 1 }));
    expect(await tick(END - HOUR)).toEqual({ hours: 0, findings: 0, maintained: 0 });
    expect(await tick(END + DAY)).toMatchObject({ hours: 2 });
    expect(await stores.hourlyFindings.judgedUntil()).toBe(END);

    const found = await stores.hourlyFindings.list({ start: BURST, end: END }, 'normal');
    expect(found.filter(({ surface }) => surface === PAGE)).toMatchObject([
      { hour: BURST, metric: 'error_rate', direction: 'up', state: 'onset', since: BURST },
      { hour: BURST + HOUR, state: 'ongoing', since: BURST },
      { hour: BURST + 2 * HOUR, state: 'ongoing', since: BURST },
    ]);
    const told = await Promise.all(
      (['quiet', 'normal', 'eager'] as const).map((level) => stores.hourlyFindings.list({ start: 0, end: END }, level)),
    );
    expect(told.map(({ length }) => length)).toEqual(told.map(({ length }) => length).toSorted((a, b) => a - b));
    expect(told[0]?.length).toBeGreaterThan(0);
    const stale = { ...(warm ?? { product: new Uint8Array(), surfaces: [] }), findings: [] };
    expect(await stores.hourlyFindings.save({ ...stale, before: warm?.judgedUntil, judgedUntil: END + DAY })).toBe(
      false,
    );
    expect(await stores.hourlyFindings.save({ ...stale, before: undefined, judgedUntil: END + DAY })).toBe(false);
    expect(await stores.hourlyFindings.judgedUntil()).toBe(END);
  });

  it('learns anew where the workspace has moved to another zone, and repeats no finding', async () => {
    const handle = await open();
    const stores = createStores(handle, contextIn(ZONE));
    const options = { stores, settleMinutes: 10, clock: () => END, log: silentLog };
    await fill(handle);
    await judgeHours({ ...options, timezone: ZONE, asOf: END - HOUR });
    const everything = { start: 0, end: END };
    const before = await stores.hourlyFindings.list(everything, 'eager');
    const lines: string[] = [];
    const log: Log = { ...silentLog, info: (_, message) => void lines.push(message) };
    const moved = { ...options, stores: createStores(handle, contextIn('America/New_York')), log };
    expect(await judgeHours({ ...moved, timezone: 'America/New_York', asOf: END + HOUR })).toMatchObject({ hours: 2 });
    expect(lines).toContain('learning what hours are like');
    const after = await stores.hourlyFindings.list(everything, 'eager');
    expect(after.slice(0, before.length)).toEqual(before);
    lines.length = 0;
    await judgeHours({ ...moved, timezone: 'America/New_York', asOf: END + HOUR });
    expect(lines).toEqual([]);
  });

  it('judges no hour of a page under declared maintenance', async () => {
    const handle = await open();
    const stores = createStores(handle, contextIn(ZONE));
    await fill(handle);
    await stores.maintenance.add(
      { starts_at: BURST + 60_000, ends_at: END, surface_pattern: PAGE, reason: 'move' },
      { actor: 'U_MAYA', role: 'admin', channel: null },
    );
    const options = { stores, asOf: END + HOUR, timezone: ZONE, settleMinutes: 10, clock: () => END, log: silentLog };
    expect(await judgeHours(options)).toMatchObject({ maintained: 3 });
    const found = await stores.hourlyFindings.list({ start: BURST, end: END }, 'normal');
    expect(found.filter(({ surface, state }) => surface === PAGE && state === 'onset')).toEqual([]);
  });

  it('learns anew where the stored states are of another version, and repeats no finding', async () => {
    const handle = await open();
    const stores = createStores(handle, contextIn(ZONE));
    const options = { stores, timezone: ZONE, settleMinutes: 10, clock: () => END, log: silentLog };
    await fill(handle);
    await judgeHours({ ...options, asOf: END - HOUR });
    const everything = { start: startOfDay(dateInZone(END - 40 * DAY, ZONE), ZONE), end: END };
    const before = await stores.hourlyFindings.list(everything, 'normal');
    await handle.kysely
      .updateTable('hourly_judged')
      .set({ product_state: Buffer.alloc(64) })
      .execute();
    expect(await judgeHours({ ...options, asOf: END + HOUR })).toMatchObject({ hours: 2 });
    const after = await stores.hourlyFindings.list(everything, 'normal');
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.slice(before.length).every(({ hour }) => hour >= END - 2 * HOUR)).toBe(true);
  });
});
