import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { StorableEvent } from '../../src/core/records.ts';
import type { Clustering } from '../../src/core/text/themes/theme.ts';
import { createThemeAssigner } from '../../src/pipeline/assign-themes.ts';
import { updateThemes } from '../../src/pipeline/update-themes.ts';
import type { StoreContext } from '../../src/postgres/context.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { anEvent, contextIn, DAY, HOUR, NOON, store } from './rollup-fixture.ts';

const INVOICES = [
  'The invoice PDF opens blank since this morning',
  'invoice pdf is empty, just a blank page',
  'Downloaded our invoice as PDF and it is blank',
  'Blank PDF when I open the invoice for May',
];
const LOGINS = [
  'I cannot log in, the password page reloads',
  'Login page just reloads after my password',
  'password accepted but then the login page again',
];
const OTHERS = ['Do you have an office in Lisbon?', 'The carousel on mobile overlaps the footer', '🙂'];

const asked = (text: string, more: Partial<StorableEvent> = {}): StorableEvent =>
  anEvent('ticket', { meta: { text }, ...more });

async function run(handle: DatabaseHandle, context: StoreContext, clustering: Clustering = 'average-link') {
  const stores = createStores(handle, context);
  const definition = { clustering, normaliser_version: 1 };
  await updateThemes({ themes: stores.themes, definition, clock: () => NOON, log: silentLog });
  const marks = await handle.kysely.selectFrom('dirty_buckets').select(['date', 'surface']).distinct().execute();
  const { buckets } = await stores.rollups.aggregateDirty();
  await stores.hours.aggregateDirty();
  return { marks, buckets };
}

/** Every row of the themes. */
async function rowsOf({ kysely }: DatabaseHandle) {
  return {
    themes: await kysely.selectFrom('ticket_themes').selectAll().orderBy('theme_id').execute(),
    days: await kysely.selectFrom('ticket_theme_days').selectAll().orderBy('theme_id').orderBy('date').execute(),
    tickets: await kysely.selectFrom('ticket_theme_tickets').selectAll().orderBy('event_key').execute(),
  };
}

async function topicsOf({ kysely }: DatabaseHandle, date: string, surface = '/checkout') {
  const row = await kysely
    .selectFrom('daily_surface_metrics')
    .select('top_ticket_topics')
    .where('date', '=', date)
    .where('surface', '=', surface)
    .executeTakeFirst();
  return row?.top_ticket_topics.map(({ topic, count }) => [topic, count]);
}

const RANGE = { start: '2026-01-01', end: '2026-12-31' };

describeOnEveryDatabase('ticket themes', (open) => {
  it('name the tickets without a topic of their own in the top topics, by day and by hour', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    await store(handle, context, [
      ...INVOICES.map((text) => asked(text)),
      ...LOGINS.map((text, index) => asked(text, index === 0 ? { ticket_topic: 'Sign-in' } : {})),
      ...OTHERS.map((text) => asked(text)),
      anEvent('ticket'),
    ]);
    await run(handle, context);
    expect(await topicsOf(handle, '2026-03-10')).toEqual([
      ['pdf invoice blank', 4],
      ['login password page', 2],
      ['Sign-in', 1],
    ]);
    const { rows } = await sql<{ topics: { topic: string; snippets: string[] }[] }>`
      SELECT top_ticket_topics AS topics FROM hourly_surface_metrics`.execute(handle.kysely);
    expect(rows.map(({ topics }) => topics.map(({ topic }) => topic))).toEqual([
      ['pdf invoice blank', 'login password page', 'Sign-in'],
    ]);
    expect(rows[0]?.topics[0]?.snippets).toEqual(INVOICES.slice(0, 3));
  });

  it('are the same when run again, and when everything is aggregated anew', async () => {
    const handle = await open();
    const context = contextIn('Europe/Berlin');
    const stores = createStores(handle, context);
    await store(
      handle,
      context,
      [...INVOICES, ...LOGINS, ...OTHERS].map((text, index) => asked(text, { ts: NOON + index * HOUR })),
    );
    await run(handle, context);
    const [rows, topics] = [await rowsOf(handle), await topicsOf(handle, '2026-03-10')];
    expect(await run(handle, context)).toEqual({ marks: [], buckets: 0 });
    expect(await rowsOf(handle)).toEqual(rows);
    await stores.rollups.markAllDirty();
    await run(handle, context);
    expect([await rowsOf(handle), await topicsOf(handle, '2026-03-10')]).toEqual([rows, topics]);
    for (const table of ['ticket_themes', 'ticket_theme_days', 'ticket_theme_tickets'] as const)
      await handle.kysely.deleteFrom(table).execute();
    await run(handle, context);
    expect(await rowsOf(handle)).toEqual(rows);
  });

  it('keep their ids over three days, count each, and take in a ticket that comes late', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    const { themes } = createStores(handle, context);
    await store(
      handle,
      context,
      [...INVOICES, ...OTHERS].map((text) => asked(text)),
    );
    await run(handle, context);
    const [invoices] = await themes.list(RANGE);
    expect(invoices).toMatchObject({ label: 'pdf invoice blank', first_seen: '2026-03-10', last_seen: '2026-03-10' });
    expect(invoices?.days).toEqual([{ date: '2026-03-10', tickets: 4 }]);

    const second = [...LOGINS, 'the invoice pdf is blank again', 'blank invoice pdf'];
    await store(
      handle,
      context,
      second.map((text) => asked(text, { ts: NOON + DAY })),
    );
    await run(handle, context);
    await store(
      handle,
      context,
      ['PDF invoice comes out blank', ...LOGINS].map((text) => asked(text, { ts: NOON + 2 * DAY })),
    );
    await store(handle, context, [asked('my invoice pdf was blank', { ts: NOON - DAY, surface: '/late' })]);
    expect((await run(handle, context)).marks).toContainEqual({ date: '2026-03-09', surface: '/late' });
    const after = await themes.list(RANGE);
    expect(after.map(({ label, days }) => [label, days.map(({ date, tickets }) => `${date} ${tickets}`)])).toEqual([
      ['pdf invoice blank', ['2026-03-09 1', '2026-03-10 4', '2026-03-11 2', '2026-03-12 1']],
      [expect.stringContaining('login'), ['2026-03-11 3', '2026-03-12 3']],
    ]);
    expect(after[0]).toMatchObject({ id: invoices?.id, first_seen: '2026-03-09', last_seen: '2026-03-12' });
    expect(await topicsOf(handle, '2026-03-09', '/late')).toEqual([['pdf invoice blank', 1]]);
    expect((await themes.list({ start: '2026-03-12', end: '2026-03-13' })).map(({ days }) => days)).toEqual([
      [{ date: '2026-03-12', tickets: 3 }],
      [{ date: '2026-03-12', tickets: 1 }],
    ]);
    expect(await themes.lastDay()).toBe('2026-03-12');
  });

  it('show tickets that stand for them, redacted as they were stored, with their link', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    const url = 'https://tool.example/7';
    await store(
      handle,
      context,
      INVOICES.map((text, index) =>
        asked(`${text} [email]`, { source_id: `conv ${index}`, meta: { text: `${text} [email]`, url } }),
      ),
    );
    await run(handle, context);
    const [theme] = await createStores(handle, context).themes.list(RANGE);
    expect(theme?.representatives).toHaveLength(3);
    for (const shown of theme?.representatives ?? [])
      expect(shown).toEqual({
        id: expect.stringMatching(/^conv \d$/),
        date: '2026-03-10',
        url,
        text: expect.stringMatching(/\[email\]$/),
      });
  });

  it('of two workspaces know nothing of each other', async () => {
    const handle = await open();
    const [one, two] = [contextIn('UTC'), contextIn('UTC', { workspace: 'two' })];
    await store(
      handle,
      one,
      INVOICES.map((text) => asked(text)),
    );
    await store(
      handle,
      two,
      LOGINS.map((text) => asked(text)),
    );
    await run(handle, one);
    expect(await createStores(handle, two).themes.list(RANGE)).toEqual([]);
    await run(handle, two);
    expect((await createStores(handle, two).themes.list(RANGE)).map(({ label }) => label)).toEqual([
      'login password page',
    ]);
    expect((await createStores(handle, one).themes.list(RANGE)).map(({ label }) => label)).toEqual([
      'pdf invoice blank',
    ]);
  });

  it('are read again when tickets are grouped in another way, and cut again in another zone, under their ids', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    await store(
      handle,
      context,
      [...OTHERS, ...Array(8).fill('invoice pdf blank')].map((text) => asked(text, { ts: NOON + 11 * HOUR })),
    );
    await run(handle, context);
    const before = await createStores(handle, context).themes.list(RANGE);
    const tokyo = contextIn('Asia/Tokyo');
    await run(handle, tokyo, 'dbscan');
    const [after] = await createStores(handle, tokyo).themes.list(RANGE);
    expect(after).toMatchObject({
      id: before[0]?.id,
      first_seen: '2026-03-11',
      days: [{ date: '2026-03-11', tickets: 8 }],
    });
    expect(await topicsOf(handle, '2026-03-11')).toEqual([['invoice pdf blank', 8]]);
    expect(await run(handle, tokyo, 'dbscan')).toEqual({ marks: [], buckets: 0 });
  });

  it('are gone with their last ticket, and name nothing any more', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    await store(
      handle,
      context,
      INVOICES.map((text) => asked(text)),
    );
    await run(handle, context);
    const { themes } = createStores(handle, context);
    const { tickets } = await rowsOf(handle);
    const none = new Map(tickets.map(({ event_key }) => [event_key, null]));
    await themes.save(none, [], { clustering: 'average-link', normaliser_version: 1 });
    expect(await rowsOf(handle)).toMatchObject({ themes: [], days: [] });
    await createStores(handle, context).rollups.aggregateDirty();
    expect(await topicsOf(handle, '2026-03-10')).toEqual([]);
  });

  it('are given at once to a ticket that comes in, until the next cycle reads it with all others', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    const stores = createStores(handle, context);
    await store(
      handle,
      context,
      [...INVOICES, ...LOGINS].map((text) => asked(text)),
    );
    let now = NOON;
    const assign = createThemeAssigner({ themes: stores.themes, clock: () => now });
    await assign();
    expect(await stores.themes.lastDay()).toBeUndefined();
    await run(handle, context);
    await store(
      handle,
      context,
      ['invoice pdf is blank', 'zebra crossing'].map((text) => asked(text, { ts: NOON + HOUR })),
    );
    now += HOUR;
    await assign();
    await assign();
    expect((await stores.themes.list(RANGE))[0]?.days).toEqual([{ date: '2026-03-10', tickets: 5 }]);
    await stores.rollups.aggregateDirty();
    expect((await topicsOf(handle, '2026-03-10'))?.[0]).toEqual(['pdf invoice blank', 5]);
    expect((await rowsOf(handle)).tickets.filter(({ settled }) => !settled)).toHaveLength(2);
    await run(handle, context);
    expect((await rowsOf(handle)).tickets.filter(({ settled }) => !settled)).toEqual([]);
    expect((await stores.themes.list(RANGE))[0]?.days).toEqual([{ date: '2026-03-10', tickets: 5 }]);
  });

  it('have nothing to do without tickets', async () => {
    const handle = await open();
    const context = contextIn('UTC');
    await store(handle, context, [anEvent('pageview')]);
    await run(handle, context);
    expect(await rowsOf(handle)).toEqual({ themes: [], days: [], tickets: [] });
    expect(await createStores(handle, context).themes.lastDay()).toBeUndefined();
  });
});
