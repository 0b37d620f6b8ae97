/** What stands around a change: whom anything happened to, what was noted, what people write, what was said before. */
import type { Metric } from '../../core/catalogue/define.ts';
import { staysWithin, strongestRung } from '../../core/explain/ladder.ts';
import { explainWithTemplate } from '../../core/explain/template.ts';
import { buildFacts } from '../../core/facts/ledger.ts';
import { accountsForbidden } from '../../core/policy/account-answers.ts';
import type { MetricQuery } from '../../core/query/metric-query.ts';
import type { WhyEvidence } from '../../core/query/why/evidence.ts';
import type { Mark, Why } from '../../core/query/why/why.ts';
import type { DateRange, Priority } from '../../core/records.ts';
import { quoteOf } from '../../core/text/quote.ts';
import { addDays, startOfDay } from '../../core/window.ts';
import { readNoted } from '../read-noted.ts';
import type { Slice } from '../why.ts';
import type { AskContext } from './ask-deps.ts';

const MARK_DAYS = 3;
const MOST_QUOTES = 2;
/** Fewer people than this are not told as a number. */
const FEWEST_PEOPLE = 5;

/** What a why is about, and for whom. */
export interface About {
  ask: AskContext;
  query: MetricQuery;
  metric: Metric;
  slice: Slice;
}

export const mayNameAccounts = ({ request: { asker, audience } }: AskContext): boolean =>
  accountsForbidden(asker.roles, audience) === null;

export async function readReach({ ask, slice, metric }: About, range: DateRange): Promise<Why['reach']> {
  // People within one account are only for those who may see it.
  if (metric.good === 'up' || (slice.filters.account && !mayNameAccounts(ask))) return null;
  const { accounts, users } = await ask.stores.why.readReach(range, slice, ask.request.asOf);
  return { accounts, users: users < FEWEST_PEOPLE ? 0 : users };
}

/** Annotations and maintenance of these pages, from three days before the period on and up to the moment asked about. */
export const readMarks = ({ ask, slice: { surface } }: About, { start, end }: DateRange): Promise<Mark[]> =>
  readNoted(ask, surface, {
    start: startOfDay(addDays(start, -MARK_DAYS), ask.timezone),
    end: Math.min(startOfDay(end, ask.timezone), ask.request.asOf + 1),
  });

/** The latest ticket about each of the themes that rose, redacted. */
export async function readQuotes({ ask, slice }: About, range: DateRange, { themes }: WhyEvidence): Promise<string[]> {
  const quotes: string[] = [];
  for (const { value } of themes.slice(0, MOST_QUOTES)) {
    const filters = { ...slice.filters, ticket_topic: [value] };
    const of = { of: 'ticket', range, slice: { ...slice, filters }, limit: 1, distinct: true } as const;
    const { texts } = await ask.stores.why.readTexts(of, ask.request.asOf);
    quotes.push(...texts.map(({ text }) => quoteOf(text)));
  }
  return quotes;
}

/**
 * What was written of the priority, word for word as in the digest; the template's words where a model claimed more
 * than the record carries.
 */
export async function likelyReason({ stores, timezone, currency }: AskContext, priority: Priority): Promise<string> {
  const stored = await stores.priorities.findExplanation(priority.date, priority);
  const template = (): string =>
    explainWithTemplate(priority, buildFacts(priority, { timezone, currency })).likely_reason;
  if (stored === undefined) return template();
  return staysWithin(strongestRung(priority.pattern_record), stored.likely_reason) ? stored.likely_reason : template();
}
