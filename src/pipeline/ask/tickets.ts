import { accountsForbidden } from '../../core/policy/account-answers.ts';
import { accountsRefusal } from '../../core/query/answer/refusal.ts';
import { bodyOf, plain } from '../../core/query/answer/spans.ts';
import { checkQuery, type MetricQuery } from '../../core/query/metric-query.ts';
import { writeTicketThemes, writeUntoldTickets } from '../../core/query/told/tickets.ts';
import { unknownPage } from '../../core/query/told/unknown-page.ts';
import { testMeasured } from '../../core/query/why/evidence.ts';
import type { Measured } from '../../core/query/why/measured.ts';
import { findRisen } from '../../core/query/why/risen.ts';
import { countValues } from '../../core/query/why/split.ts';
import { freshness } from '../../core/query/why/why-body.ts';
import { type WhyWindows, whyWindows } from '../../core/query/why/windows.ts';
import { quoteOf } from '../../core/text/quote.ts';
import type { Slice } from '../why.ts';
import type { AnswerIntent, AskContext } from './ask-deps.ts';
import { sliceOf } from './slice.ts';
import { watermarkOf } from './watermark.ts';

const MOST_QUOTES = 2;
const TICKETS: Measured = { count: 'tickets', exposure: null, kind: 'count' };

/** "What are people complaining about?": themes in bulk, against the period before. */
export const answerTickets: AnswerIntent = async ({ query }, ask) => {
  if (query === null) return { body: bodyOf([plain('Tickets of when, and about which page?')]), reason: 'ambiguous' };
  const forbidden =
    query.filters.account === undefined ? null : accountsForbidden(ask.request.asker.roles, ask.request.audience);
  if (forbidden !== null) return { body: accountsRefusal(forbidden, []), reason: 'private_data', intent: 'refuse' };
  const { asOf } = ask.request;
  const setting = { asOf, zone: ask.timezone, currency: ask.currency };
  const windows = whyWindows(query, asOf, ask.timezone);
  const slice = sliceOf({ ...query, metric: 'tickets' });
  const { now, before, history } = windows;
  const start = before.start < history.start ? before.start : history.start;
  const days = await ask.stores.why.readDays({ start, end: now.end }, slice, asOf);
  const rows = await ask.stores.why.readChange({
    now,
    before,
    slice,
    dimensions: ['ticket_topic'],
    measures: ['tickets'],
    asOf,
  });
  const themes = countValues(rows, 'ticket_topic', 'tickets').filter((theme) => theme.now > 0);
  themes.sort((a, b) => b.now - a.now || (a.value < b.value ? -1 : 1));
  const risen = findRisen(rows, 'ticket_topic', 'tickets');
  const total = { now: sumOf(rows, true), before: sumOf(rows, false) };
  const body = writeTicketThemes({
    query,
    windows,
    themes,
    risen,
    total,
    test: testMeasured(days, TICKETS, windows),
    unanswered: total.now === 0 ? null : await unansweredOf(query, windows, ask),
    quotes: await readQuotes(
      [...risen, ...themes].map(({ value }) => value),
      slice,
      windows,
      ask,
    ),
    freshness: freshness(await watermarkOf(ask), setting),
    setting,
  });
  const listed = themes.slice(0, query.limit).map(({ value }) => ({ dimension: 'ticket_topic', value }));
  const none =
    total.now > 0
      ? null
      : unknownPage(query, ask.vocabulary, (page) => `what are people complaining about on ${page}?`);
  const untold = days.reduce((sum, { date, tickets }) => sum + (date >= now.start && date < now.end ? tickets : 0), 0);
  if (total.now === 0 && none === null && untold > 0)
    return { body: writeUntoldTickets({ query, windows, setting }, untold), reason: 'no_data', listed };
  return { body: none ?? body, reason: total.now === 0 ? 'no_data' : null, listed };
};

const sumOf = (rows: readonly { is_now: boolean; tickets: number }[], isNow: boolean): number =>
  rows.reduce((sum, row) => sum + (row.is_now === isNow ? row.tickets : 0), 0);

/** Null where no source sends replies, which would make every ticket look unanswered. */
async function unansweredOf(
  query: MetricQuery,
  { now }: WhyWindows,
  { stores, request, config }: AskContext,
): Promise<number | null> {
  const { filters } = query;
  const about = { ...query, filters, window: now, compare: null, group_by: [], grain: null };
  const [replies, unanswered] = ['replies', 'unanswered_tickets'].map(
    (metric) => checkQuery({ ...about, metric }).query,
  );
  if (!replies || !unanswered) return null;
  const setting = { asOf: request.asOf, config };
  const { first_date } = await stores.metrics.answer(replies, setting);
  return first_date === null ? null : (await stores.metrics.answer(unanswered, setting)).total.figure.value;
}

/** The latest of the themes that rose, else of the largest. */
async function readQuotes(
  themes: readonly string[],
  slice: Slice,
  { now }: WhyWindows,
  ask: AskContext,
): Promise<string[]> {
  const quotes: string[] = [];
  for (const theme of [...new Set(themes)].slice(0, MOST_QUOTES)) {
    const about = { ...slice, filters: { ...slice.filters, ticket_topic: [theme] } };
    const of = { of: 'ticket', range: now, slice: about, limit: 1, distinct: true } as const;
    const { texts } = await ask.stores.why.readTexts(of, ask.request.asOf);
    quotes.push(...texts.map(({ text }) => quoteOf(text)));
  }
  return quotes;
}
