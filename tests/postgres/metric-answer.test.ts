import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { MetricQuery } from '../../src/core/query/metric-query.ts';
import type { StorableEvent } from '../../src/core/records.ts';
import { createMetricStore } from '../../src/postgres/metric.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { AS_OF, ask, CONFIG, metricEvents, ZONE } from './metric-fixture.ts';
import { anEvent, contextIn, DAY, HOUR, NOON, store } from './rollup-fixture.ts';

type Changes = Omit<Partial<MetricQuery>, 'metric'>;

describeOnEveryDatabase('an answer', (open) => {
  const stocked = async (events: readonly StorableEvent[], zone = ZONE) => {
    const handle = await open();
    const context = contextIn(zone);
    await store(handle, context, events);
    const metrics = createMetricStore(handle, context);
    return (metric: string, changes: Changes = {}, asOf = NOON + 30 * DAY) =>
      metrics.answer(ask({ metric, ...changes }), { asOf, config: CONFIG });
  };
  const views = (...times: string[]) => times.map((at) => anEvent('pageview', { ts: Date.parse(at) }));
  const byBucket = ({ rows }: { rows: readonly { bucket: string | null; figure: { value: number | null } }[] }) =>
    rows.map(({ bucket, figure }) => [bucket, figure.value]);

  it('has an hour less and an hour more where the clock is moved', async () => {
    const answer = await stocked(
      views('2026-03-29T00:30Z', '2026-03-29T01:30Z', '2025-10-26T00:30Z', '2025-10-26T01:30Z'),
    );
    const spring = await answer('pageviews', { window: { start: '2026-03-29', end: '2026-03-30' }, grain: 'hour' });
    expect(spring.rows).toHaveLength(23);
    expect(byBucket(spring).slice(0, 4)).toEqual([
      ['2026-03-29T00:00', 0],
      ['2026-03-29T01:00', 1],
      ['2026-03-29T03:00', 1],
      ['2026-03-29T04:00', 0],
    ]);
    const autumn = await answer('pageviews', {
      window: { start: '2025-10-26T01:00', end: '2025-10-26T04:00' },
      grain: 'hour',
    });
    expect(byBucket(autumn)).toEqual([
      ['2025-10-26T01:00', 0],
      ['2025-10-26T02:00', 1],
      ['2025-10-26T02:00', 1],
      ['2025-10-26T03:00', 0],
    ]);
    const day = await answer('pageviews', { window: { start: '2025-10-26', end: '2025-10-27' }, grain: 'day' });
    expect(byBucket(day)).toEqual([['2025-10-26', 2]]);
  });

  it('knows nothing before there was data and after now, and zero in between', async () => {
    const answer = await stocked(views('2026-03-09T12:00Z', '2026-03-11T12:00Z'));
    const asOf = Date.parse('2026-03-11T15:00Z');
    const query: Changes = { window: { start: '2026-03-08', end: '2026-03-13' }, grain: 'day' };
    const result = await answer('pageviews', query, asOf);
    expect(byBucket(result)).toEqual([
      ['2026-03-08', null],
      ['2026-03-09', 1],
      ['2026-03-10', 0],
      ['2026-03-11', 1],
      ['2026-03-12', null],
    ]);
    expect(result.rows.map(({ partial }) => partial)).toEqual([false, false, false, true, true]);
    expect(result).toMatchObject({ first_date: '2026-03-09', watermark: Date.parse('2026-03-11T12:00Z') });
    const ratio = await answer('conversion_rate', query, asOf);
    expect(ratio).toMatchObject({ first_date: null, total: { figure: { value: null, sample: 0 } } });
    const never = await answer('tickets', query, asOf);
    expect(never).toMatchObject({ first_date: null, watermark: null, rows: [{}, {}, {}, {}, {}] });
    expect(never.total.figure.value).toBeNull();
  });

  it('marks what the window cuts, by local hours too', async () => {
    const answer = await stocked(views('2026-03-09T12:00Z', '2026-03-09T13:30Z', '2026-03-09T14:00Z'));
    const window = { start: '2026-03-09T14:00', end: '2026-03-09T15:00' };
    expect((await answer('pageviews', { window })).total.figure.value).toBe(2 - 1);
    const { rows } = await answer('pageviews', { window, grain: 'day' });
    expect(rows).toMatchObject([{ bucket: '2026-03-09', partial: true }]);
    const weeks = await answer('pageviews', { window: { start: '2026-03-04', end: '2026-03-16' }, grain: 'week' });
    expect(weeks.rows.map(({ bucket, partial }) => [bucket, partial])).toEqual([
      ['2026-03-02', true],
      ['2026-03-09', false],
    ]);
  });

  it('sees what came late, and not what is later than asked', async () => {
    const handle = await open();
    const context = contextIn(ZONE);
    const metrics = createMetricStore(handle, context);
    const query = ask({ metric: 'pageviews', window: { start: '2026-03-10', end: '2026-03-11' } });
    const count = async (asOf: number) => (await metrics.answer(query, { asOf, config: CONFIG })).total.figure.value;
    await store(handle, context, [anEvent('pageview'), anEvent('pageview', { ts: NOON + HOUR })]);
    expect([await count(NOON), await count(NOON + HOUR - 1), await count(NOON + HOUR)]).toEqual([1, 1, 2]);
    await store(handle, context, [anEvent('pageview', { ts: NOON - HOUR })]);
    expect([await count(NOON), await count(NOON + DAY)]).toEqual([2, 3]);
    const past = await metrics.answer(query, { asOf: NOON + HOUR / 2, config: CONFIG });
    expect(past.watermark).toBe(NOON);
  });

  it('compares groups with themselves and buckets with those at the same place', async () => {
    const answer = await stocked([
      ...['/a', '/a', '/b'].map((surface) => anEvent('pageview', { surface, ts: NOON })),
      ...['/a', '/c', '/c', '/c'].map((surface) => anEvent('pageview', { surface, ts: NOON - DAY })),
      anEvent('pageview', { surface: '/a', ts: NOON - 2 * DAY }),
    ]);
    const query: Changes = {
      window: { start: '2026-03-10', end: '2026-03-11' },
      compare: { start: '2026-03-08', end: '2026-03-10' },
    };
    const groups = await answer('pageviews', { ...query, group_by: ['surface'] });
    expect(groups.rows.map(({ key, figure, compared }) => [key.surface, figure.value, compared?.value])).toEqual([
      ['/a', 2, 2],
      ['/b', 1, 0],
    ]);
    expect(groups).toMatchObject({ groups: 2, total: { figure: { value: 3 }, compared: { value: 5 } } });
    const days = await answer('pageviews', {
      window: { start: '2026-03-09', end: '2026-03-11' },
      compare: { start: '2026-03-08', end: '2026-03-09' },
      grain: 'day',
    });
    expect(days.rows.map(({ figure, compared }) => [figure.value, compared?.value])).toEqual([
      [4, 1],
      [3, undefined],
    ]);
  });

  it('takes _, % and \\ for themselves, and * for anything', async () => {
    const surfaces = ['/a_b', '/axb', '/a%b', '/a\\b', '/A_B/c'];
    const answer = await stocked(surfaces.map((surface) => anEvent('pageview', { surface })));
    const count = async (surface: string) =>
      (await answer('pageviews', { surface, window: { start: '2026-03-10', end: '2026-03-11' } })).total.figure.value;
    const patterns = ['/a_b', '/a_b*', '/a%*', '/a\\*', '/a*b', '*', '/nowhere', "/a' OR true --", '/*/c'];
    const found = [];
    for (const pattern of patterns) found.push(await count(pattern));
    expect(found).toEqual([1, 2, 1, 1, 4, 5, 0, 0, 1]);
  });

  it('exposes what the accounts hit pay a month, each once', async () => {
    const pays = (account: string, amount_minor: number, ts: number) =>
      anEvent('revenue', { account, amount_minor, ts });
    const hit = (account: string, surface: string, ts = NOON) => anEvent('error', { account, surface, ts });
    const answer = await stocked([
      ...[pays('acme', 10_000, NOON - 20 * DAY), pays('acme', 12_000, NOON - DAY), pays('globex', 500, NOON - 9 * DAY)],
      ...[
        hit('acme', '/a', NOON - 2 * DAY),
        hit('acme', '/a'),
        hit('acme', '/b'),
        hit('globex', '/b'),
        hit('free', '/b'),
      ],
    ]);
    const window = { start: '2026-03-08', end: '2026-03-11' };
    const whole = await answer('revenue_at_risk', { window });
    expect(whole.total.figure).toMatchObject({ value: 12_500, sample: 3 });
    const days = await answer('revenue_at_risk', { window, grain: 'day' });
    expect(byBucket(days)).toEqual([
      ['2026-03-08', 10_000],
      ['2026-03-09', 0],
      ['2026-03-10', 12_500],
    ]);
    const pages = await answer('revenue_at_risk', { window, group_by: ['surface'] });
    expect(pages.rows.map(({ key, figure }) => [key.surface, figure.value])).toEqual([
      ['/b', 12_500],
      ['/a', 12_000],
    ]);
  });

  it('counts an error under the signature its own was merged into, and a ticket under its theme', async () => {
    const handle = await open();
    const context = contextIn(ZONE);
    const ticket = anEvent('ticket');
    await store(handle, context, [
      ...['old', 'new', 'new'].map((error_signature) => anEvent('error', { error_signature })),
      ...[ticket, anEvent('ticket', { ticket_topic: 'refunds' })],
    ]);
    await sql`UPDATE error_signatures SET merged_into = 'new' WHERE signature = 'old'`.execute(handle.kysely);
    await sql`INSERT INTO ticket_themes (workspace_id, theme_id, label, terms, exemplars, first_seen, last_seen, tickets, normaliser_version)
      VALUES ('local', ${ticket.event_key}, 'sign-in loop', '[]', '[]', now(), now(), 1, 1)`.execute(handle.kysely);
    await sql`INSERT INTO ticket_theme_tickets (workspace_id, event_key, theme_id, settled, normaliser_version)
      VALUES ('local', ${ticket.event_key}, ${ticket.event_key}, true, 1)`.execute(handle.kysely);
    const metrics = createMetricStore(handle, context);
    const rows = async (metric: string, changes: Changes) => {
      const window = { start: '2026-03-10', end: '2026-03-11' };
      const result = await metrics.answer(ask({ metric, window, ...changes }), { asOf: NOON + DAY, config: CONFIG });
      return result.rows.map(({ key, figure }) => [...Object.values(key), figure.value]);
    };
    expect(await rows('errors', { group_by: ['error_signature'] })).toEqual([['new', 3]]);
    for (const error_signature of ['old', 'new'])
      expect(await rows('errors', { filters: { error_signature } })).toEqual([[3]]);
    expect(await rows('tickets', { group_by: ['ticket_topic'] })).toEqual([
      ['refunds', 1],
      ['sign-in loop', 1],
    ]);
    expect(await rows('tickets', { filters: { ticket_topic: 'sign-in loop' } })).toEqual([[1]]);
  });

  it('is refused when it would be too much to read or to show, with what to do', async () => {
    const handle = await open();
    const context = contextIn(ZONE);
    await store(handle, context, metricEvents(2, 300));
    const impatient = createMetricStore(handle, context, { timeoutMs: 1, mostEmbeddedEvents: 10 });
    const slow = ask({
      metric: 'affected_users',
      group_by: ['surface', 'plan'],
      window: { start: '2026-03-20', end: '2026-04-01' },
      grain: 'hour',
      limit: 30,
    });
    await expect(impatient.answer(slow, { asOf: AS_OF, config: CONFIG })).rejects.toMatchObject({
      code: 'query_too_slow',
      fix: expect.stringContaining('shorter window'),
    });
    const many = ask({
      metric: 'pageviews',
      group_by: ['surface'],
      window: { start: '2026-01-01', end: '2026-04-01' },
      grain: 'hour',
      limit: 50,
    });
    await expect(
      createMetricStore(handle, context).answer(many, { asOf: AS_OF, config: CONFIG }),
    ).rejects.toMatchObject({
      code: 'too_large',
      fix: 'Ask by the day, or for a shorter window.',
    });
  });

  it('writes nothing', async () => {
    const handle = await open();
    const metrics = createMetricStore(handle, contextIn(ZONE));
    await metrics.answer(ask({ metric: 'pageviews' }), { asOf: NOON, config: CONFIG });
    const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM settings`.execute(handle.kysely);
    expect(rows[0]?.n).toBe(0);
  });
});
