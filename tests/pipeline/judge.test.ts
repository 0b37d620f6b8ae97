import { expect, it } from 'vitest';
import type { AggregateRow } from '../../src/core/records.ts';
import { addDays } from '../../src/core/window.ts';
import { findDays, judgeDay, judgeDays } from '../../src/pipeline/judge.ts';
import { applyWorkspaceConfig } from '../../src/pipeline/workspace-config.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { END, steadySurface } from '../core/detect/simulated.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { createStoreContext } from '../support/store-context.ts';

const AS_OF = Date.parse('2026-07-01T07:00:00Z');

/** Daily rollups a team already has: checkout fails on the last day, search is fine. */
function rollups(): AggregateRow[] {
  const checkout = steadySurface(60, {}, (row, back) => void (back === 0 && Object.assign(row, { errors: 83 })));
  return [...checkout, ...steadySurface(60, { surface: '/search' })].map((row) => ({
    ...row,
    top_error_signatures: row.errors > 50 ? [{ sig: 'TIMEOUT', count: 70, example: 'Upstream timeout' }] : [],
    top_ticket_topics: [],
  }));
}

describeOnOneDatabase('judging days', (open) => {
  const stocked = async () => {
    const handle = await open();
    const stores = createStores(handle, createStoreContext());
    await stores.rollups.upsertAggregates(rollups());
    return stores;
  };
  const settings = { asOf: AS_OF, timezone: 'Europe/Berlin', profile: 'default', log: silentLog } as const;

  it('stores the day, its findings and its ranked priorities, and the same again the second time', async () => {
    const stores = await stocked();
    const day = await judgeDay({ ...settings, stores, date: END });
    expect(day).toMatchObject({ date: END, as_of: AS_OF, surfaces: 2, priorities: 1 });
    const [priority, ...others] = await stores.priorities.listPriorities(END);
    expect(others).toEqual([]);
    expect(priority?.entity_key).toBe('/checkout');
    expect(priority?.pattern_record.top_error_signatures[0]?.sig).toBe('TIMEOUT');
    expect(priority?.pattern_record.hints).toContain('concentrated signature');
    expect(await stores.priorities.listFindings({ start: END, end: addDays(END, 1) })).toHaveLength(day.findings);
    await judgeDay({ ...settings, stores, date: END });
    expect(await stores.priorities.listPriorities(END)).toEqual([priority]);
  });

  it('says the same of a day whether it is judged alone or in a range', async () => {
    const stores = await stocked();
    await judgeDay({ ...settings, stores, date: END });
    const alone = await stores.priorities.listPriorities(END);
    const { days } = await judgeDays({ ...settings, stores, first: addDays(END, -20), last: END });
    expect(days.map(({ priorities }) => priorities)).toEqual([...Array(20).fill(0), 1]);
    expect(await stores.priorities.listPriorities(END)).toEqual(alone);
  });

  it('tells a step that fails and the next that loses people as one, where a declared funnel has both', async () => {
    const stores = createStores(await open(), createStoreContext());
    const onLastDay = (surface: string, change: Partial<AggregateRow>) =>
      steadySurface(60, { surface }, (row, back) => void (back === 0 && Object.assign(row, change)));
    const rows = [...onLastDay('/basket', { errors: 83 }), ...onLastDay('/pay', { actions: 90 })];
    await stores.rollups.upsertAggregates(
      rows.map((row) => ({ ...row, top_error_signatures: [], top_ticket_topics: [] })),
    );
    const items = async (): Promise<string[]> => {
      await judgeDay({ ...settings, stores, date: END });
      const told = await stores.priorities.listPriorities(END);
      return told.map(({ entity_key, members }) => [entity_key, ...members.map((each) => each.entity_key)].join(' + '));
    };
    expect((await items()).sort()).toEqual(['/basket', '/pay']);
    const steps = ['/basket', '/pay'].map((surface) => ({ type: 'pageview' as const, surface }));
    await applyWorkspaceConfig(stores.settings, { funnels: [{ id: 'buy', steps }] }, 'cli:maya');
    expect(await items()).toEqual(['/basket + /pay']);
  });

  it('finds without storing, in either profile', async () => {
    const stores = await stocked();
    for (const profile of ['default', 'seed'] as const) {
      const found = await findDays({
        stores,
        timezone: 'Europe/Berlin',
        first: END,
        last: END,
        profile,
        log: silentLog,
      });
      expect(found.map(({ rule, entity_key }) => `${rule} ${entity_key}`)).toContain('spike /checkout');
    }
    expect(await stores.priorities.latestDay()).toBeUndefined();
  });

  it('stores what went well beside what went wrong', async () => {
    const stores = createStores(await open(), createStoreContext());
    const calmer = steadySurface(
      60,
      { errors: 30 },
      (row, back) => void (back === 0 && Object.assign(row, { errors: 4 })),
    );
    await stores.rollups.upsertAggregates(
      calmer.map((row) => ({ ...row, top_error_signatures: [], top_ticket_topics: [] })),
    );
    const day = await judgeDay({ ...settings, stores, date: END });
    expect(day).toMatchObject({ findings: 0, priorities: 0 });
    expect(day.summary.improvements).toMatchObject([{ surface: '/checkout', metric: 'error_rate', current: 0.004 }]);
    expect(await stores.priorities.findDay(END)).toEqual(day);
  });

  it('judges no page that is under maintenance, whoever declared it, and counts it', async () => {
    const stores = await stocked();
    const by = { actor: 'cli:maya', role: 'admin', channel: null } as const;
    const { id } = await stores.maintenance.add(
      {
        starts_at: Date.parse(`${END}T10:00+02:00`),
        ends_at: Date.parse(`${END}T11:30+02:00`),
        surface_pattern: '/check*',
        reason: 'new payment provider',
      },
      by,
    );
    const judged = () => judgeDay({ ...settings, stores, date: END });
    const away = { surfaces: 1, priorities: 0, summary: { under_maintenance: 1 } };
    expect(await judged()).toMatchObject(away);
    expect(await stores.priorities.findDay(END)).toMatchObject(away);
    await stores.maintenance.cancel(id, by);
    expect(await judged()).toMatchObject({ surfaces: 2, priorities: 1, summary: { under_maintenance: 0 } });
    const window = { id: 'provider', from: `${END}T22:00`, until: `${END}T23:59`, reason: 'new payment provider' };
    await applyWorkspaceConfig(stores.settings, { maintenance: [{ ...window, surface: '/checkout' }] }, 'cli:maya');
    expect(await judged()).toMatchObject(away);
    await applyWorkspaceConfig(stores.settings, { maintenance: [window] }, 'cli:maya');
    expect(await judged()).toMatchObject({ surfaces: 0, summary: { under_maintenance: 2 } });
  });

  it('judges a day nothing is known of without a word', async () => {
    const handle = await open();
    const stores = createStores(handle, createStoreContext());
    expect(await judgeDay({ ...settings, stores, date: END })).toMatchObject({
      surfaces: 0,
      findings: 0,
      priorities: 0,
    });
  });
});
