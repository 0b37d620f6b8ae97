import { beforeAll, expect, it } from 'vitest';
import { METRICS } from '../../../src/core/catalogue/metrics.ts';
import { contractValue } from '../../../src/core/query/answer/figure-words.ts';
import { plainText } from '../../../src/core/query/answer/plain-text.ts';
import { checkQuery } from '../../../src/core/query/metric-query.ts';
import { answerWhy } from '../../../src/pipeline/ask/explain.ts';
import { createCountStore } from '../../../src/postgres/count.repository.ts';
import type { DatabaseHandle } from '../../../src/postgres/database.ts';
import { createRollupStore } from '../../../src/postgres/rollup.repository.ts';
import { metricEvents } from '../../postgres/metric-fixture.ts';
import { contextIn, store } from '../../postgres/rollup-fixture.ts';
import { describeOnOneDatabase } from '../../support/database.ts';
import { AS_OF, askShop, LAST_DAY, openShop, shopReading, ZONE } from './shop.ts';

describeOnOneDatabase('why a figure changed', (open) => {
  let handle: DatabaseHandle;
  beforeAll(async () => {
    handle = await open();
    await openShop(handle);
  });
  const why = (...[changes, more]: [Parameters<typeof shopReading>[0], Parameters<typeof askShop>[1]?]) =>
    answerWhy(shopReading(changes), askShop(handle, more));
  const textOf = async (...of: Parameters<typeof why>) => plainText((await why(...of)).body);

  it('is told by what moved, what it is made of, the release, what went along and what speaks against', async () => {
    const text = await textOf({ metric: 'error_rate', surface: '/checkout', window: LAST_DAY });
    expect(text).toMatch(
      /^Error rate on \/checkout rose \d+ points, from [\d.]+% to \d+%: more than this page does most weeks/,
    );
    expect(text).toContain('Ranked 1 on Thu 29 Jan: /checkout: errors');
    expect(text).toContain('PAYMENT_PROVIDER_TIMEOUT');
    expect(text).toMatch(/began with release web@1\.42\.0/);
    expect(text).toMatch(/Ticket rate rose with it/);
    expect(text).toMatch(/Against: platform ios stayed as it was/);
    expect(text).toContain("the payment provider's own status is not a source here");
    expect(text).toMatch(/\d+ accounts \(\d+ users\) met an error/);
    expect(text).not.toMatch(/caused|because|due to/);
  });

  it('adds up: what is listed and the rest are the whole change', async () => {
    const { body } = await why({
      metric: 'error_rate',
      surface: '/checkout',
      window: LAST_DAY,
      group_by: ['platform'],
    });
    const [change, ...parts] = body.rows;
    expect(parts.map(({ value }) => value)).toEqual(['desktop', 'ios', null]);
    const sum = parts.reduce((all, part) => all + Number(part.change), 0);
    expect(sum).toBeCloseTo(Number(change?.change), 12);
  });

  it('quotes at most two tickets, without address, greeting and name', async () => {
    const { body } = await why({ metric: 'error_rate', surface: '/checkout', window: LAST_DAY });
    expect(body.quotes).toEqual(['my card fails, write to [email].']);
  });

  it('looks for no cause where nothing changed', async () => {
    const { body, reason } = await why({ metric: 'error_rate', surface: '/search' });
    expect(reason).toBeNull();
    expect(plainText(body)).toMatch(/Error rate on \/search (?:rose|fell) .*inside what this page does most weeks/);
    expect(plainText(body)).toContain('I would not look for a cause.');
    expect(body.rows).toHaveLength(1);
  });

  it('looks into what leads the priority, or moved most, where no figure is named', async () => {
    expect(await textOf({ surface: '/checkout', window: LAST_DAY })).toMatch(/^Error rate on \/checkout rose/);
    expect(await textOf({ surface: '/search' })).toContain('that moved most; nothing left its usual range');
  });

  it('says that a single account stands out without naming it, unless asker and room may know', async () => {
    const query = { metric: 'errors', surface: '/checkout', window: LAST_DAY, group_by: ['account'] };
    const hidden = await why(query);
    expect(JSON.stringify(hidden)).not.toMatch(/"account \d+"/);
    for (const more of [{ roles: ['analyst'] as const }, { audience: 'asker' as const }])
      expect(JSON.stringify(await why(query, more))).not.toMatch(/"account \d+"/);
    const shown = await why(query, { roles: ['analyst'], audience: 'asker' });
    expect(JSON.stringify(shown)).toMatch(/"account \d+"/);
  });

  it('splits a total of the product over its pages', async () => {
    const text = await textOf({ metric: 'errors', window: LAST_DAY });
    expect(text).toMatch(/^Errors rose from \d+ to \d+: more than the product does most weeks/);
    expect(text).toMatch(/\/checkout makes up|PAYMENT_PROVIDER_TIMEOUT makes up/);
    expect(text).toContain('Nearly all of it is a higher rate');
  });

  it('is refused honestly where there is nothing to go by', async () => {
    const unknown = await why({ metric: 'error_rate', surface: '/chekout' });
    expect(unknown).toMatchObject({ reason: 'no_data', body: { followUps: [{ label: '/checkout' }] } });
    const early = await why({ metric: 'error_rate', window: { start: '2025-06-01', end: '2025-06-08' } });
    expect(early.reason).toBe('no_data');
    expect(plainText(early.body)).toContain('no data for error rate');
    const young = await why({ metric: 'error_rate', window: { start: '2026-01-08', end: '2026-01-10' } });
    expect(plainText(young.body)).toMatch(/nobody can tell whether that is more than usual/);
    expect((await why({ metric: 'failure_rate', surface: '/checkout' })).reason).toBe('no_data');
    const few = await why({ metric: 'error_rate', surface: '/search', filters: { plan: 'free' }, window: LAST_DAY });
    expect(few.reason).toBe('too_small');
  });

  it('looks into a day that stands out of a week that does not', async () => {
    const month = { start: '2026-01-16', end: '2026-01-30' };
    const text = await textOf({ metric: 'dropoff_rate', surface: '/checkout', window: month });
    expect(text).toMatch(/inside what this page does most weeks/);
  });

  it('offers questions that can be asked anywhere', async () => {
    const { body } = await why({ metric: 'error_rate', surface: '/checkout', window: LAST_DAY });
    expect(body.followUps.map(({ question }) => question)).toContain(
      'error rate on /checkout by release on 2026-01-29',
    );
    for (const { label } of body.followUps) expect(label.length).toBeLessThanOrEqual(75);
    expect(body.facts.length).toBe(new Set(body.facts.map(({ id }) => id)).size);
  });

  it('holds a count of a day that is not over against no whole day', async () => {
    const midday = { asOf: Date.parse('2026-01-29T05:00:00Z') };
    const { body, reason } = await why({ metric: 'pageviews', window: LAST_DAY }, midday);
    const text = plainText(body);
    expect(reason).toBeNull();
    expect(text).toMatch(/pageviews today so far/);
    expect(text).toContain('The period before is counted to the same point, Thu 22 Jan, 06:00');
    expect(text).toContain('Why is looked into by whole days: ask again when today is over.');
    expect(text).not.toContain('than the product does most weeks');
  });

  it('counts nothing later than it was asked', async () => {
    const yesterday = { asOf: AS_OF - 24 * 3_600_000 };
    const { body } = await why(
      { metric: 'error_rate', surface: '/checkout', window: { start: '2026-01-22', end: '2026-01-29' } },
      yesterday,
    );
    expect(plainText(body)).toContain('I would not look for a cause.');
  });
});

const END_OF_MARCH = Date.parse('2026-04-02T08:00:00Z');

/** Over eleven days in March; some of the events name no page. */
describeOnOneDatabase('what a why opens with', (open) => {
  const WINDOWS = {
    window: { start: '2026-03-26', end: '2026-03-29' },
    compare: { start: '2026-03-22', end: '2026-03-25' },
  };
  let handle: DatabaseHandle;
  beforeAll(async () => {
    handle = await open();
    const context = contextIn(ZONE, { failureStatuses: [], clock: () => END_OF_MARCH });
    await store(handle, context, metricEvents(5, 3000));
    await createRollupStore(handle, context).aggregateDirty();
    await createCountStore(handle.kysely, context).aggregateDirty();
  });

  it.each(METRICS.map(({ id }) => id))('is what an answer about %s says', async (id) => {
    const metric = METRICS.find((each) => each.id === id);
    const ask = askShop(handle, { asOf: END_OF_MARCH });
    const reading = shopReading({ metric: id, ...WINDOWS });
    const { query } = checkQuery(reading.query);
    if (metric === undefined || query === undefined) return;
    const { total } = await ask.stores.metrics.answer(query, { asOf: END_OF_MARCH, config: ask.config });
    const { body, reason } = await answerWhy(reading, ask);
    if (reason !== null) return expect(reason).toMatch(/no_data|too_small/);
    const told = (value: number | null | undefined) => contractValue(value ?? null, metric, ask.currency);
    expect(body.rows[0]).toMatchObject({ now: told(total.figure.value), before: told(total.compared?.value) });
  });

  it('adds up over the pages, with what names no page as a part of its own', async () => {
    const ask = askShop(handle, { asOf: END_OF_MARCH });
    const { body } = await answerWhy(shopReading({ metric: 'revenue', group_by: ['surface'], ...WINDOWS }), ask);
    const [change, ...parts] = body.rows;
    const sum = parts.reduce((all, part) => all + Number(part.change), 0);
    expect(sum).toBeCloseTo(Number(change?.change), 6);
    expect(parts.map(({ value }) => value)).toContain('(no page)');
  });

  it('uses nothing that came later than the moment asked about', async () => {
    const midday = Date.parse('2026-03-28T11:00:00Z');
    const ask = askShop(handle, { asOf: midday });
    const week = { start: '2026-03-26', end: '2026-03-29' };
    const { body } = await answerWhy(shopReading({ metric: 'pageviews', ...WINDOWS, window: week }), ask);
    expect(body.rows[0]).toMatchObject({ window: { start: '2026-03-26', end: '2026-03-28' } });
    expect(plainText(body)).toContain('Sat 28 Mar is left out: it is not over yet.');
    const day = await ask.stores.why.readDays(
      { start: '2026-03-28', end: '2026-03-29' },
      { surface: null, filters: {}, numeratorOnly: [] },
      midday,
    );
    const { query } = checkQuery(
      shopReading({ metric: 'pageviews', window: { start: '2026-03-28', end: '2026-03-28T12:00' } }).query,
    );
    const until = query && (await ask.stores.metrics.answer(query, { asOf: END_OF_MARCH, config: ask.config }));
    expect(day.map(({ pageviews }) => pageviews)).toEqual([until?.total.figure.value]);
  });
});
