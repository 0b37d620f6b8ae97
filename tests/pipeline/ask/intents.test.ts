import { beforeAll, describe, expect, it } from 'vitest';
import { plainText } from '../../../src/core/query/answer/plain-text.ts';
import type { AnswerIntent } from '../../../src/pipeline/ask/ask-deps.ts';
import { answerExamples } from '../../../src/pipeline/ask/examples.ts';
import { answerHelp } from '../../../src/pipeline/ask/help.ts';
import { answerOverview } from '../../../src/pipeline/ask/overview.ts';
import { answerRunbook } from '../../../src/pipeline/ask/runbook.ts';
import { answerStatus } from '../../../src/pipeline/ask/status.ts';
import { answerTickets } from '../../../src/pipeline/ask/tickets.ts';
import { answerTop } from '../../../src/pipeline/ask/top.ts';
import type { DatabaseHandle } from '../../../src/postgres/database.ts';
import { describeOnOneDatabase } from '../../support/database.ts';
import { AS_OF, askShop, BROKE, LAST_DAY, openShop, shopReading } from './shop.ts';

describeOnOneDatabase('asked about the shop', (open) => {
  let handle: DatabaseHandle;
  beforeAll(async () => {
    handle = await open();
    await openShop(handle);
  });
  const answer = (
    intent: AnswerIntent,
    changes: Parameters<typeof shopReading>[0] = {},
    more: Parameters<typeof askShop>[1] = {},
  ) => intent(shopReading(changes), askShop(handle, more));

  describe('for single texts', () => {
    it('shows the latest of each theme with links, redacted, at most five', async () => {
      const { body, reason, listed } = await answer(answerExamples, {
        metric: 'tickets',
        surface: '/checkout',
        limit: 50,
      });
      expect(reason).toBeNull();
      expect(body.table?.rows.length).toBeLessThanOrEqual(5);
      expect(body.table?.rows[0]).toEqual([
        expect.stringMatching(/^Thu 29 Jan, \d\d:\d\d$/),
        expect.stringContaining('/checkout'),
        'my card fails, write to [email].',
      ]);
      expect(body.links[0]).toMatchObject({ url: expect.stringContaining('https://desk.example/') });
      expect(listed?.[0]).toEqual({ dimension: 'ticket_topic', value: 'card fails' });
      expect(JSON.stringify(body)).not.toContain('@example.com');
    });

    it('honours what they are filtered by', async () => {
      const { body } = await answer(answerExamples, {
        metric: 'errors',
        filters: { error_signature: 'PAYMENT_PROVIDER_TIMEOUT', platform: 'desktop' },
        limit: 2,
      });
      expect(plainText(body)).toMatch(/^2 of \d+ errors on desktop of PAYMENT_PROVIDER_TIMEOUT, the latest first/);
      const none = await answer(answerExamples, {
        metric: 'errors',
        filters: { error_signature: 'PAYMENT_PROVIDER_TIMEOUT', platform: 'ios' },
      });
      expect(none).toMatchObject({ reason: 'no_data', listed: [] });
    });

    it('offers the nearest page for one that is unknown, and nobody an account they may not see', async () => {
      const { body } = await answer(answerExamples, { metric: 'errors', surface: '/chekout' });
      expect(plainText(body)).toContain('I know no page /chekout. Nearest: /checkout.');
      const ofAccount = { metric: 'tickets', filters: { account: 'account 3' } };
      expect(await answer(answerExamples, ofAccount)).toMatchObject({ intent: 'refuse', reason: 'private_data' });
      const may = await answer(answerExamples, ofAccount, { roles: ['analyst'], audience: 'asker' });
      expect(may.reason).not.toBe('private_data');
    });
  });

  describe('for tickets in bulk', () => {
    it('counts themes against the period before, says what rose, quotes two, and how many wait', async () => {
      const { body, listed } = await answer(answerTickets, { metric: 'tickets' });
      const text = plainText(body);
      expect(text).toMatch(/^\d+ tickets in the past 7 days, \d+ of them about "card fails"\./);
      expect(text).toMatch(/Up from \d+ in the period before, more than it moves most weeks\./);
      expect(text).toMatch(/New: "card fails", \d+ times\./);
      expect(body.quotes.length).toBeLessThanOrEqual(2);
      expect(listed?.[0]).toEqual({ dimension: 'ticket_topic', value: 'card fails' });
      const [whole, ...themes] = body.rows;
      const sum = themes.reduce((all, { tickets }) => all + Number(tickets), 0);
      expect(sum).toBe(whole?.tickets);
      // Nothing here sends replies: then no ticket is called unanswered.
      expect(whole?.unanswered).toBeNull();
    });

    it('says so where nobody wrote', async () => {
      const { body, reason } = await answer(answerTickets, {
        surface: '/search',
        filters: { ticket_topic: 'card fails' },
      });
      expect(reason).toBe('no_data');
      expect(plainText(body)).toContain('No tickets on /search about card fails');
    });
  });

  it('for an overview: a scorecard of what has data, what moved first, and what to fix', async () => {
    const { body, listed } = await answer(answerOverview, { window: LAST_DAY });
    const text = plainText(body);
    expect(text).toMatch(/^Worse yesterday: error rate/);
    expect(text).toContain('First to fix: /checkout: errors');
    expect(body.rows.map(({ metric }) => metric)).toEqual(
      expect.arrayContaining(['active_users', 'pageviews', 'error_rate', 'ticket_rate', 'conversion_rate']),
    );
    // No revenue and no requests are sent: nothing is shown of them, least of all zero.
    expect(text).not.toMatch(/Revenue|latency/);
    expect(listed).toEqual([{ dimension: 'surface', value: '/checkout' }]);
    const quiet = await answer(answerOverview, { surface: '/search', window: LAST_DAY });
    expect(plainText(quiet.body)).toContain('Nothing is open');
    const before = await answer(answerOverview, { window: { start: '2025-01-01', end: '2025-01-08' } });
    expect(before.reason).toBe('no_data');
  });

  describe('what to fix', () => {
    it('ranks the latest judged day of the period, as the digest does', async () => {
      const { body, listed } = await answer(answerTop);
      expect(plainText(body)).toMatch(/^First: \/checkout: errors over 10x normal\. New/);
      expect(body.rows[0]).toMatchObject({ rank: 1, entity_type: 'surface', entity_key: '/checkout' });
      expect(listed?.[0]).toEqual({ dimension: 'surface', value: '/checkout' });
      expect(body.context).toContain('2 pages judged');
    });

    it('honours a page and its pattern', async () => {
      expect((await answer(answerTop, { surface: '/check*' })).body.rows).not.toEqual([]);
      const { body } = await answer(answerTop, { surface: '/search' });
      expect(plainText(body)).toContain('Nothing is outside normal on /search on Thu 29 Jan.');
    });

    it('says which filters priorities are not kept by', async () => {
      const { body } = await answer(answerTop, { filters: { plan: 'pro' } });
      expect(plainText(body)).toContain('Priorities are not kept by plan');
    });

    it('says when nothing was judged, and when a judged day was quiet', async () => {
      const { body, reason } = await answer(answerTop, { window: { start: '2026-01-05', end: '2026-01-12' } });
      expect(reason).toBe('no_data');
      expect(plainText(body)).toContain('The latest judged day is Thu 29 Jan.');
      const quiet = await answer(answerTop, { window: { start: '2026-01-28', end: BROKE } });
      expect(quiet.reason).toBeNull();
      expect(plainText(quiet.body)).toMatch(/^Nothing to fix on Wed 28 Jan\. 2 pages judged/);
    });
  });

  it('inside a day that was judged since: for nothing that was only known when the day was over', async () => {
    const early = { asOf: Date.parse(`${BROKE}T01:00:00Z`) };
    const overview = await answer(answerOverview, { window: LAST_DAY }, early);
    expect(plainText(overview.body)).toContain('None of these days was judged yet');
    const status = await answer(answerStatus, {}, early);
    expect(status.body.rows[0]).toMatchObject({ judged_date: '2026-01-28' });
    const sources = status.body.rows.slice(1);
    for (const { last_event_at } of sources) expect(Date.parse(String(last_event_at))).toBeLessThanOrEqual(early.asOf);
    expect(sources.find(({ source }) => source === 'posthog')).toMatchObject({ events_total: null });
  });

  it('for its status: fresh and silent sources, the last judged day, what is open', async () => {
    const { body } = await answer(answerStatus);
    expect(plainText(body)).toMatch(
      /^I am running: \d open\. Data is fresh except|^I am running: \d open\. All 3 sources are fresh\./,
    );
    expect(plainText(body)).toContain('The last judged day is Thu 29 Jan: 2 pages');
    expect(body.rows[0]).toMatchObject({ judged_date: BROKE, surfaces: 2 });
    expect(plainText(body)).toContain('No channel gets a digest yet: set SEEPASS_CHANNEL.');
    const due = Date.parse('2026-02-02T08:00:00Z');
    const planned = await answerStatus(shopReading(), { ...askShop(handle), nextDigest: () => due });
    expect(plainText(planned.body)).toContain('The next digest is due Mon 2 Feb, 09:00.');
    expect(planned.body.rows[0]).toMatchObject({ next_digest: '2026-02-02T08:00:00.000Z' });
    const later = await answer(answerStatus, {}, { asOf: AS_OF + 8 * 86_400_000 });
    expect(plainText(later.body)).toMatch(/Data is fresh except .*silent 9 days/);
  });

  it('for help: six examples of its own pages, and that there are no runbooks', async () => {
    const { body } = await answer(answerHelp);
    expect(plainText(body)).toContain('error rate on /checkout last week vs the week before');
    expect(body.followUps.map(({ question }) => question)).toContain('show me some tickets about card fails');
    expect(await answer(answerRunbook)).toMatchObject({ reason: 'no_data' });
  });
});

describeOnOneDatabase('asked before there is any data', (open) => {
  it('says so, whatever is asked', async () => {
    const handle = await open();
    const ask = askShop(handle);
    const reading = shopReading();
    for (const intent of [answerExamples, answerTickets, answerOverview, answerTop])
      expect(await intent(reading, ask), intent.name).toMatchObject({ reason: 'no_data' });
    expect(plainText((await answerStatus(reading, ask)).body)).toContain('I am running, and have no data yet.');
    expect(plainText((await answerTop(reading, ask)).body)).toContain('Nothing has been judged yet.');
  });
});
