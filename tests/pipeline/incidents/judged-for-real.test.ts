import { expect, it } from 'vitest';
import { createExpectedHours } from '../../../src/pipeline/incidents/expected-hours.ts';
import { followIncidents } from '../../../src/pipeline/incidents/follow.ts';
import { readIncidentChart } from '../../../src/pipeline/incidents/read-chart.ts';
import { judgeHours } from '../../../src/pipeline/judge-hours.ts';
import { bulkInsert } from '../../../src/postgres/bulk-insert.ts';
import { busiestPage, simulatedHours } from '../../core/detect/simulated-hours.ts';
import { HOUR } from '../../core/incident/made-up.ts';
import { describeOnOneDatabase } from '../../support/database.ts';
import { silentLog } from '../../support/silent-log.ts';
import { World } from './world.ts';

const ZONE = 'Europe/Berlin';
const simulated = simulatedHours({ surfaces: 4, days: 16, zone: ZONE });
/** Late in the morning of the last day. */
const BURST = simulated.hours.at(-14)?.start ?? 0;
const PAGE = busiestPage(simulated.rows);

describeOnOneDatabase('what the hourly judge finds', (open) => {
  it('is one incident that opens in its first hour, ends three normal hours after its last and is told once', async () => {
    const world = new World(await open());
    await world.subscribe('C1');
    const strange = ({ surface, hour }: { surface: string; hour: number }) =>
      surface === PAGE && hour >= BURST && hour < BURST + 2 * HOUR;
    const rows = simulated.rows
      .filter(({ pageviews, requests }) => pageviews + requests > 0)
      .map((row) => ({
        workspace_id: 'local',
        hour: new Date(row.hour),
        surface: row.surface,
        pageviews: row.pageviews,
        actions: row.actions,
        dropoffs: row.dropoffs,
        errors: strange(row) ? row.pageviews + row.requests + 40 : row.errors,
        tickets: row.tickets,
        requests: row.requests,
        request_failures: row.request_failures,
        replies: 0,
        affected_accounts: 0,
        affected_users: 0,
        revenue: 0,
        revenue_at_risk: 0,
        top_error_signatures: strange(row) ? [{ sig: 'CARD', count: 30, example: '' }] : [],
        top_ticket_topics: [],
        normaliser_version: 1,
      }));
    await bulkInsert(world.handle.kysely, 'hourly_surface_metrics', rows);
    const spoke = { workspace_id: 'local', source: 'posthog', events_total: 1 } as const;
    const last = new Date(BURST + 10 * HOUR);
    await world.handle.kysely
      .insertInto('source_freshness')
      .values({ ...spoke, first_event_at: last, last_event_at: last, last_received_at: last })
      .execute();
    for (let hour = 0; hour < 7; hour += 1) {
      world.now = BURST + hour * HOUR + 600_000;
      await judgeHours({
        stores: world.stores,
        asOf: world.now,
        timezone: ZONE,
        settleMinutes: 10,
        clock: () => world.now,
        log: silentLog,
      });
      await followIncidents(world.context);
    }
    const told = (await world.outbox()).map((line) => line.replace(/^C1 | r\d+$/g, ''));
    expect(told.filter((line) => !line.startsWith('update'))).toEqual([
      expect.stringMatching(/^post INC-1 open/),
      'reply recovering by system',
      'reply resolved by system',
    ]);
    const incident = await world.stores.incidents.findByNumber(1);
    expect(incident).toMatchObject({
      state: 'resolved',
      severity: 'high',
      since: BURST,
      lead: { surface: PAGE, metric: 'error_rate' },
      picture: { latest: { hour: BURST + HOUR }, signature: { name: 'CARD' } },
    });
    expect(await world.stores.incidents.findByNumber(2)).toBeUndefined();

    if (incident === undefined) throw new Error('there is an incident');
    const expectedOf = createExpectedHours({ stores: world.stores, timezone: ZONE });
    const chart = { stores: world.stores, expectedOf, sensitivity: 'normal' } as const;
    const course = await readIncidentChart(chart, incident, 'course');
    // Twelve hours before it, its two, and the three that were normal again.
    expect(course?.points.map(({ told }) => told)).toEqual(
      Array.from({ length: 17 }, (_, hour) => hour === 12 || hour === 13),
    );
    expect(course?.points.every(({ lower, upper }) => lower !== null && upper !== null)).toBe(true);
    const latest = await readIncidentChart(chart, incident);
    expect(latest?.points).toHaveLength(20);
    const bands = latest?.points.map(({ upper }) => upper) ?? [];
    expect(new Set(bands).size).toBeGreaterThan(10);
  });
});
