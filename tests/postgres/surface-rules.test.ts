import { expect, it } from 'vitest';
import { WORKSPACE_CONFIG_KEY } from '../../src/core/policy/approval-settings.ts';
import { createIngestRules } from '../../src/pipeline/ingest-rules.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { prepareEvent } from '../support/storable-event.ts';
import { anEvent, contextIn, DAY, NOON, store } from './rollup-fixture.ts';

const RANGE = { start: '2026-03-01', end: '2026-04-01' };

describeOnEveryDatabase('rules for pages', (open) => {
  const opened = async () => {
    const handle = await open();
    const context = contextIn('Europe/Berlin');
    const stores = createStores(handle, context);
    const views = async (): Promise<string[]> => {
      await stores.rollups.aggregateDirty();
      await stores.hours.aggregateDirty();
      const days = await stores.rollups.readSurfaceDays(RANGE);
      const hours = await stores.hours.readSurfaceHours({ start: NOON - 10 * DAY, end: NOON + 10 * DAY });
      const byHour = hours.surfaces.map(
        ({ surface, measures }) => `${surface} ${measures.pageviews.reduce((a, b) => a + b)}`,
      );
      const byDay = new Map<string, number>();
      for (const { surface, pageviews } of days) byDay.set(surface, (byDay.get(surface) ?? 0) + pageviews);
      const daily = [...byDay].filter(([, count]) => count > 0).map(([surface, count]) => `${surface} ${count}`);
      expect(byHour.filter((line) => !line.endsWith(' 0')).sort()).toEqual(daily.sort());
      return daily;
    };
    const declare = (rules: string[], cap?: number) =>
      stores.settings.set(WORKSPACE_CONFIG_KEY, { surfaces: { rules, ...(cap && { cap }) } }, 'system');
    const add = (...surfaces: string[]) =>
      store(
        handle,
        context,
        surfaces.map((surface, index) => anEvent('pageview', { surface, ts: NOON - (index % 3) * DAY })),
      );
    return { stores, views, declare, add };
  };

  it('join what is stored already, in days and hours, and never mix two sets of rules', async () => {
    const { views, declare, add } = await opened();
    await add('/u/ann', '/u/bob', '/u/cem', '/checkout');
    expect(await views()).toEqual(['/checkout 1', '/u/ann 1', '/u/bob 1', '/u/cem 1']);
    await declare(['/u/:id']);
    expect(await views()).toEqual(['/checkout 1', '/u/:id 3']);
    // A process that has not heard of the rule yet.
    await add('/u/dee', '/u/:id');
    expect(await views()).toEqual(['/checkout 1', '/u/:id 5']);
    await declare(['/u/*']);
    expect(await views()).toEqual(['/checkout 1', '/u/* 5']);
  });

  it('hold for what comes in from the next refresh on, and beyond the cap pages are one', async () => {
    const { stores, declare, add, views } = await opened();
    await add('/u/ann', '/u/bob', ...'abcdefgh'.split('').map((letter) => `/page-${letter}`));
    const rules = createIngestRules(stores);
    expect(rules.place('/u/ann')).toBe('/u/ann');
    await declare(['/u/:id'], 10);
    await rules.refresh();
    // Nine are known under the rules: one more has room.
    expect(['/u/zed', '/new', '/newer', '/page-a'].map(rules.place)).toEqual(['/u/:id', '/new', '/other', '/page-a']);
    await add('/other', '/other', '/new');
    await views();
    expect(await stores.surfaces.countOther(RANGE)).toEqual({ all: 13, other: 2 });
    expect(await stores.surfaces.list()).toHaveLength(11);
  });
});

describeOnEveryDatabase('people and accounts across tools', (open) => {
  it('are matched by their ids in each pair of tools, within the range only', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    const { identity } = createStores(handle, context);
    const seen = (source: 'posthog' | 'intercom', user: string, account: string, ts = NOON) => ({
      ...anEvent('action', { source, ts, account }),
      ...{ user: prepareEvent({ ...blank, user }).user, key_id: 'k1' },
    });
    await store(handle, context, [
      ...['ann', 'bob', 'cem', 'dee'].map((user) => seen('posthog', user, `${user} Inc`)),
      seen('posthog', 'ann', 'Ann INC'),
      seen('intercom', 'ann', 'ANN Inc'),
      seen('intercom', 'zoe', 'Zoe Inc'),
      seen('intercom', 'bob', 'bob Inc', NOON - 40 * DAY),
    ]);
    const matches = await identity.matches({ start: NOON - 28 * DAY, end: NOON + 1 });
    expect(matches).toEqual([
      { source: 'posthog', other: 'intercom', of: 'accounts', seen: 4, matched: 1, rate: 0.25 },
      { source: 'intercom', other: 'posthog', of: 'accounts', seen: 2, matched: 1, rate: 0.5 },
      { source: 'posthog', other: 'intercom', of: 'users', seen: 4, matched: 1, rate: 0.25 },
      { source: 'intercom', other: 'posthog', of: 'users', seen: 2, matched: 1, rate: 0.5 },
    ]);
  });
});

const blank = {
  ...({ ts: NOON, source: 'app', type: 'action', account: null, surface: null } as const),
  ...{ severity: null, value: null, id: null, meta: {} },
};
