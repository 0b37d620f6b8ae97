import { accountsForbidden } from '../../core/policy/account-answers.ts';
import { accountsRefusal } from '../../core/query/answer/refusal.ts';
import { bodyOf, plain } from '../../core/query/answer/spans.ts';
import { DEFAULT_ROWS, type MetricQuery } from '../../core/query/metric-query.ts';
import { MOST_EXAMPLES, writeExamples } from '../../core/query/told/examples.ts';
import { unknownPage } from '../../core/query/told/unknown-page.ts';
import { freshness } from '../../core/query/why/why-body.ts';
import { wholeDays } from '../../core/query/why/windows.ts';
import type { AnswerIntent } from './ask-deps.ts';
import { sliceOf } from './slice.ts';
import { watermarkOf } from './watermark.ts';

/** Shown where no number was asked for. */
const USUAL = 3;
/** What already is one kind: then the latest of it. */
const KINDS = ['error_signature', 'ticket_topic'];

/** "Show me some tickets about refunds": single texts, redacted, with links into their tools. */
export const answerExamples: AnswerIntent = async ({ query }, ask) => {
  if (query === null) return { body: bodyOf([plain('Examples of what: tickets, or errors?')]), reason: 'ambiguous' };
  const forbidden =
    query.filters.account === undefined ? null : accountsForbidden(ask.request.asker.roles, ask.request.audience);
  if (forbidden !== null) return { body: accountsRefusal(forbidden, []), reason: 'private_data', intent: 'refuse' };
  const { asOf } = ask.request;
  const of = kindOf(query);
  const limit = query.limit === DEFAULT_ROWS ? USUAL : Math.min(query.limit, MOST_EXAMPLES);
  const range = wholeDays(query.window);
  const slice = sliceOf({ ...query, metric: of === 'ticket' ? 'tickets' : 'errors' });
  const single = KINDS.some((dimension) => query.filters[dimension] !== undefined) || limit === 1;
  const read = (distinct: boolean) => ask.stores.why.readTexts({ of, range, slice, limit, distinct }, asOf);
  let [distinct, found] = [!single, await read(!single)];
  // Fewer kinds than asked for: the latest of all say more.
  if (distinct && found.texts.length < limit && found.total > found.texts.length)
    [distinct, found] = [false, await read(false)];
  const body = writeExamples({
    of,
    query: { ...query, window: range },
    ...found,
    distinct,
    freshness: freshness(await watermarkOf(ask), { asOf, zone: ask.timezone, currency: ask.currency }),
    setting: { asOf, zone: ask.timezone, currency: ask.currency },
  });
  const dimension = of === 'ticket' ? 'ticket_topic' : 'error_signature';
  const groups = [...new Set(found.texts.flatMap(({ group }) => group ?? []))];
  const none = found.total > 0 ? null : unknownPage(query, ask.vocabulary, (page) => `show example ${of}s on ${page}`);
  const listed = groups.map((value) => ({ dimension, value }));
  return { body: none ?? body, reason: found.total === 0 ? 'no_data' : null, listed };
};

/** Tickets where the metric or a filter is theirs, else errors. */
function kindOf({ metric, filters }: MetricQuery): 'ticket' | 'error' {
  const ofTickets = ['tickets', 'ticket_rate', 'replies', 'unanswered_tickets', 'first_response_minutes'];
  if (metric !== null) return ofTickets.includes(metric) ? 'ticket' : 'error';
  return filters.ticket_topic !== undefined || filters.category !== undefined ? 'ticket' : 'error';
}
