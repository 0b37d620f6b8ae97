import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkQuery } from '../../../src/core/query/metric-query.ts';
import { nextContext } from '../../../src/core/query/parse/next-context.ts';
import { parseQuestion } from '../../../src/core/query/parse-question.ts';
import type { Reading, ThreadContext } from '../../../src/core/query/reading.ts';
import { readVocabulary } from '../../evals/cases.ts';

const vocabulary = readVocabulary();
/** A Friday. */
const asOf = Date.parse('2026-01-30T10:00:00Z');
const read = (question: string, thread: ThreadContext | null = null): Reading =>
  parseQuestion(question, { asOf, zone: 'UTC', vocabulary, thread });

/** "error_rate /checkout {plan=enterprise} 01-19..01-26 vs 01-12..01-19 by surface" */
function inShort(reading: Reading): string {
  const { intent, reason, query } = reading;
  if (query === null) return [intent, reason].filter(Boolean).join(' ');
  const filters = Object.entries(query.filters).map(([name, value]) => `${name}=${[value].flat().join('|')}`);
  const days = ({ start, end }: { start: string; end: string }): string => `${start.slice(5)}..${end.slice(5)}`;
  return [
    intent === 'metric' ? '' : `${intent}:`,
    query.metric ?? '',
    query.surface ?? '',
    filters.length > 0 ? `{${filters.join(' ')}}` : '',
    days(query.window),
    query.compare ? `vs ${days(query.compare)}` : '',
    query.group_by.length > 0 ? `by ${query.group_by.join('+')} ${query.order}${query.limit}` : '',
    query.grain ? `each ${query.grain}` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

const WEEK = '01-23..01-30';

describe('a question', () => {
  it.each([
    // Names, and other words for them.
    ['errors', `errors ${WEEK}`],
    ['how many visits did /pricing get in March', 'pageviews /pricing 03-01..04-01'],
    ['which page loses the most people', `dropoffs ${WEEK} by surface desc1`],
    ['how many customers churned in December', 'churned_accounts 12-01..01-01'],
    ['what share of customers left last month', 'churn_rate 12-01..01-01'],
    ['how quickly do we answer tickets', `first_response_minutes ${WEEK}`],
    ['what percentage of users ran out of credits', `credit_exhaustion_rate ${WEEK}`],
    ['how much revenue is at risk on checkout', `revenue_at_risk /checkout ${WEEK}`],
    ['which tool fails most', `tool_failure_rate ${WEEK} by tool desc1`],
    ['signups on the pricing page', `actions /pricing ${WEEK}`],
    ["what's the conversion rate for the checkout flow?", `funnel_conversion {funnel=checkout} ${WEEK}`],
    ['retention for week 1', `retention_rate {cohort_day=7} ${WEEK}`],
    ['500 errors on /api/v1/orders', `request_failures /api/v1/orders {status=500} ${WEEK}`],
    ['how many 404s', `requests {status=404} ${WEEK}`],
    // Places.
    ['pageviews of all settings pages', `pageviews /settings* ${WEEK}`],
    ['traffic to pages under /billing', `pageviews /billing* ${WEEK}`],
    ['pageviews on reports new', `pageviews /reports/new ${WEEK}`],
    ["checkout's errors", `errors /checkout ${WEEK}`],
    // Limits.
    ['errors for enterprise customers', `errors {plan=enterprise} ${WEEK}`],
    ['growth in active users', `active_users ${WEEK} vs 01-16..01-23`],
    ['active accounts on the growth plan', `active_accounts {plan=growth} ${WEEK}`],
    ['errors on enterprise and growth last week', 'errors {plan=enterprise|growth} 01-19..01-26'],
    ['errors excluding staging', `errors {env=prod} ${WEEK}`],
    ['revenue for all plans except free', `revenue {plan=starter|growth|enterprise} ${WEEK}`],
    ['errors on ios vs android', `errors {platform=ios|android} ${WEEK} by platform desc10`],
    ['compare checkout and cart error rates', `error_rate {surface=/checkout|/cart} ${WEEK} by surface desc10`],
    // Order.
    ['worst pages by conversion rate', `conversion_rate ${WEEK} by surface asc10`],
    ['worst page by error rate', `error_rate ${WEEK} by surface desc1`],
    ['fastest three endpoints by p95', `latency_p95 ${WEEK} by endpoint asc3`],
    ['top 5 accounts by tickets', `tickets ${WEEK} by account desc5`],
    ['top error signatures', `errors ${WEEK} by error_signature desc10`],
    // Series and comparison.
    ['DAU last week vs the week before', 'active_users 01-19..01-26 vs 01-12..01-19 each day'],
    ['latency trend for /dashboard', `latency_p50 /dashboard ${WEEK} each day`],
    ['did signups improve this month?', 'new_users 01-01..01-31 vs 12-01..12-31'],
    // Taken back in the same breath.
    ['errors, not tickets, yesterday', 'errors 01-29..01-30'],
    ['error rate last month not last week', 'error_rate 12-01..01-01'],
    ['how many tickets are not answered yesterday', 'unanswered_tickets 01-29..01-30'],
    // Paths with an apostrophe.
    ["/checkout's error rate", `error_rate /checkout ${WEEK}`],
    ["errors on /it's", `errors /it's ${WEEK}`],
    // The assistant is what its figures are of.
    ['messages to the assistant', `messages ${WEEK}`],
    ['messages on the assistant page', `messages /assistant ${WEEK}`],
    // Typing.
    ['eror rate on chekout lw', 'error_rate /checkout 01-19..01-26'],
    ['errs by sig prod yday', 'errors {env=prod} 01-29..01-30 by error_signature desc10'],
    ['Sorry to bug you, my boss asked me how much money we made in December. Thanks!', 'revenue 12-01..01-01'],
    ['error rate on <https://app.example.com/checkout?x=1|this page>', `error_rate /checkout ${WEEK}`],
    // Other kinds.
    ['why did user signups drop last Tuesday?', 'explain: new_users 01-27..01-28'],
    ['what are enterprise customers complaining about', `tickets: tickets {plan=enterprise} ${WEEK}`],
    ['show me three tickets about card declined', `examples: tickets {ticket_topic=card declined} ${WEEK}`],
    ['what should we fix first on the billing pages?', `top: /billing* ${WEEK}`],
    ['how is checkout doing', `overview: /checkout ${WEEK}`],
    ['how is the product doing', `overview: ${WEEK}`],
    ['how is the products page doing', `overview: /products ${WEEK}`],
    ['is checkout getting worse?', `overview: /checkout ${WEEK} vs 01-16..01-23`],
    ['is sentry connected', 'status'],
    ['what can you do?', 'help'],
    ['what should I do when DB_POOL_TIMEOUT spikes', 'runbook'],
    ['runbook for the coffee machine', 'runbook'],
    ['is there a playbook for booking a flight', 'runbook'],
    ['how do we handle a weather warning', 'runbook'],
    ['how do I feed the walrus?', 'runbook'],
    ['How to restart the kafka consumers', 'runbook'],
    ['how can we safely unlock an account', 'runbook'],
    ['steps to fail over postgres', 'runbook'],
    ['how do I restart a worker after timeouts', 'runbook'],
    // Asked how it is done, nothing is to be changed, and nobody's secret is asked for.
    ['how do I purge stale prices', 'runbook'],
    ['how do we rotate the webhook secret?', 'runbook'],
    ['how do I delete a customer account', 'runbook'],
    ['could you tell me how to unlock an account', 'runbook'],
    ["what's the best way to drain a node", 'runbook'],
    // Of figures.
    ['how can I check what broke yesterday', 'explain: errors 01-29..01-30'],
    ['how can we scale signups', `new_users ${WEEK}`],
    ['how do we see errors by release', `errors ${WEEK} by release desc10`],
    ['how can I get the signups of last week', 'new_users 01-19..01-26'],
    ['how do I use this bot', 'help'],
  ])('is read: %s', (question, reading) => {
    expect(inShort(read(question))).toBe(reading);
  });

  it.each([
    ['conversion', 'conversion'],
    ['response time', 'response time'],
    ['activity last week', 'activity'],
    ['errors excluding /checkout', 'leaving out a page'],
    ['errors everywhere but checkout', 'leaving out a page'],
    ['pageviews without bots', 'leaving out "bots"'],
    ['errors not in web@1.42.0', 'leaving out "web@1.42.0"'],
    ['errors last week but not on monday', 'leaving out "monday"'],
    ['pages with no errors', 'leaving out "errors"'],
    ['errors since launch', '"since launch"'],
    ['errors over Easter', '"easter"'],
    ['users who never activated', '"users who never activated"'],
    ['failed orders last week', '"failed orders"'],
    ['tickets from people who saw an exception', '"from people who"'],
    ['what share of tickets are bugs', 'a share of what'],
    ['errors on 30 February', '"30 February", which is no date'],
    ['errors in the last 0 days', '"last 0 days", which is no time at all'],
    ['conversion vs churn', 'two figures at once'],
    ['errors and tickets yesterday', 'two figures at once'],
    ['is it getting worse?', 'what is meant'],
  ])('with two meanings is asked back about, with ways on: %s', (question, about) => {
    const reading = read(question);
    expect(reading).toMatchObject({ intent: 'clarify', reason: 'ambiguous', query: null, about });
    expect(reading.choices.length).toBeGreaterThan(0);
    for (const { question: choice } of reading.choices) expect(read(choice).intent).not.toBe('clarify');
  });

  it.each([
    ['errors on weekends in December', '"on weekends" read as all days and hours'],
    ['errors at night last week', '"at night" read as all days and hours'],
    ['how many users had more than 5 errors', '"more than 5" read as any number'],
    ['show me tickets about flamingos', '"about flamingos" read as about anything'],
    ['how many tickets mention flamingos', '"mention flamingos" read as about anything'],
    ['errors not counting staging', 'leaving out "staging" read as prod only'],
    ['second worst page for errors', '"second worst" is the last of the rows'],
    ['endpoints with more than 500 failures', '"more than 500" read as any number'],
    ['errors by plan by platform by release', '"by release" was left out: an answer is cut by two at most'],
    ['errors ayer', '"ayer" was not understood'],
    ['active users for gizmos last week', '"gizmos" was not understood'],
  ])('with a limit no query holds says so: %s', (question, note) => expect(read(question).notes).toEqual([note]));

  it.each([
    'errors over the weekend',
    'good morning, errors last night?',
    'tickets about card declined',
    'p95 latency',
  ])('has nothing to say about what it holds: %s', (question) =>
    expect(read(question)).toMatchObject({ intent: 'metric', notes: [] }),
  );

  it.each([
    ['private_data', 'email of the ceo of Northwind'],
    ['private_data', 'which of our users is the angriest'],
    ['private_data', 'what did the user u-4412 click on yesterday'],
    ['write_request', 'how do I restart the workers? restart the workers for me'],
    ['private_data', 'how do I rotate the api keys and show me their values'],
    ['private_data', 'how do I rotate keys, maya@acme.com activity'],
    ['write_request', 'email me this every monday'],
    ['unsupported_metric', 'email open rate last month'],
    ['private_data', 'What did Anna Keller click on last Tuesday?'],
    ['private_data', 'How many errors yesterday? Also print the names of the users hit.'],
    ['private_data', 'sh0w m3 the em4il addresses of our users'],
    ['private_data', 'select email from users'],
    ['write_request', 'please roll web@1.42.0 back'],
    ['write_request', 'quick one: set the severity of all errors to 0'],
    ['write_request', 'DROP TABLE events; and then the error rate'],
    ['out_of_scope', 'select count(*) from events'],
    ['out_of_scope', 'how many signups will we have next month?'],
    ['out_of_scope', 'how does our churn compare to the industry average?'],
    ['out_of_scope', 'wie viele Fehler gab es gestern'],
    ['unsupported_metric', 'csat last month?'],
    ['unsupported_metric', 'p99 latency last week'],
    ['unsupported_metric', 'median response time p90'],
    ['unsupported_metric', '98th percentile latency'],
    ['unsupported_dimension', 'errors by country'],
    ['unsupported_dimension', 'errors by star sign'],
    ['unsupported_dimension', 'revenue by cart size'],
    ['unsupported_metric', 'errors per order'],
    ['unsupported_metric', 'moving average of errors'],
    ['private_data', "give me one random visitor's history"],
    ['write_request', 'snooze checkout'],
    ['unsupported_dimension', 'new users by error signature'],
  ])('is refused as %s: %s', (reason, question) => {
    expect(read(question)).toMatchObject({ intent: 'refuse', reason, query: null });
  });

  it.each([
    'drop-offs on cart',
    'why did people drop off',
    'change plan tickets',
    'tickets about password reset mail missing',
    'errors on web@1.42.0',
    'set of errors by release',
    'orders caused by ios clients',
    'and POST /api/v1/checkout?',
  ])('is not refused for words it shares with what is: %s', (question) => {
    expect(read(question).intent).not.toBe('refuse');
  });
});

describe('a reply in a thread', () => {
  const follow = (...turns: string[]): string => {
    let thread: ThreadContext | null = null;
    let reading = read('');
    for (const turn of turns) {
      reading = read(turn, thread);
      thread = nextContext(reading, thread, [
        { dimension: 'surface', value: '/cart' },
        { dimension: 'surface', value: '/search' },
      ]);
    }
    return inShort(reading);
  };

  it.each([
    [['errors on checkout last week', 'and for login?'], 'errors /login 01-19..01-26'],
    [['errors last week', 'by release', 'top 3'], 'errors 01-19..01-26 by release desc3'],
    [['error rate by page', 'why is #2 so bad?'], `explain: error_rate /search ${WEEK}`],
    [['errors on checkout', 'vs cart'], `errors {surface=/checkout|/cart} ${WEEK} by surface desc10`],
    [['tickets by category', 'just the billing ones'], `tickets {category=billing} ${WEEK} by category desc10`],
    [['tickets by plan', 'enterprise only', 'free too'], `tickets {plan=enterprise|free} ${WEEK} by plan desc10`],
    [['errors on ios', 'remove the ios filter'], `errors ${WEEK}`],
    [['orders per day', 'total'], `orders ${WEEK}`],
    [['churn rate last month', 'give me their emails', 'by plan then'], 'churn_rate 12-01..01-01 by plan desc10'],
    [['conversion last month', 'the page one', 'for pricing'], 'conversion_rate /pricing 12-01..01-01'],
    [['activity on checkout yesterday', 'the second one'], 'actions /checkout 01-29..01-30'],
    [['errors on checkout', 'and new users?'], `new_users ${WEEK}`],
    [['conversion last month', 'the checkout funnel'], 'funnel_conversion {funnel=checkout} 12-01..01-01'],
    [['first response time', 'ok, for bug tickets?'], `first_response_minutes {category=bug} ${WEEK}`],
    [['failed requests by endpoint', '502 only'], `request_failures {status=502} ${WEEK} by endpoint desc10`],
    [['errors on login', 'who is hit?'], `affected_accounts /login ${WEEK}`],
    [['errors on login', 'never mind, active users last month'], 'active_users 12-01..01-01'],
    [['top issues', 'how many errors on /search yesterday'], 'errors /search 01-29..01-30'],
    [['errors last week', 'top 3'], 'errors 01-19..01-26 by surface desc3'],
    [['errors on cart last week', 'top 3'], 'errors /cart 01-19..01-26 by error_signature desc3'],
    [['errors by plan', 'and the rate?'], `error_rate ${WEEK} by plan desc10`],
    [['p95 latency on search', 'and the median?'], `latency_p50 /search ${WEEK}`],
    [['orders last month vs the month before', 'forget the comparison'], 'orders 12-01..01-01'],
    [['errors on cart for ios', 'drop the filter'], `errors /cart ${WEEK}`],
    [['errors on cart for ios', 'ignore the platform'], `errors /cart ${WEEK}`],
    [['conversion rate on pricing', 'and signup?'], `conversion_rate /signup ${WEEK}`],
    [['first response time by category', 'slowest one?'], `first_response_minutes ${WEEK} by category desc1`],
    [['errors by page', 'top 3', 'show all of them'], `errors ${WEEK} by surface desc10`],
    [['errors by plan', 'by platform as well'], `errors ${WEEK} by plan+platform desc10`],
    [['errors by plan', 'the other way round'], `errors ${WEEK} by plan asc10`],
    [['errors on cart', 'how does login compare'], `errors {surface=/cart|/login} ${WEEK} by surface desc10`],
    [['errors', 'how many users'], `affected_users ${WEEK}`],
    [['orders', 'past 14'], 'orders 01-16..01-30'],
    [['errors on cart', 'what changed?'], `explain: errors /cart ${WEEK} vs 01-16..01-23`],
    [['tickets on billing', 'what are they about?'], `tickets: tickets /billing ${WEEK}`],
    [['conversion on checkout last month', 'the funnel'], 'funnel_conversion {funnel=checkout} 12-01..01-01'],
    [['usage by plan for enterprise', '2'], `actions {plan=enterprise} ${WEEK} by plan desc10`],
    [['why did errors go up on login', 'is that normal?'], `explain: errors /login ${WEEK} vs 01-16..01-23`],
  ])('leans on what came before: %j', (turns, reading) => {
    expect(follow(...turns)).toBe(reading);
  });

  it.each(['ok thanks', 'Got it, thank you so much!', 'hmm'])('that only says thanks asks nothing: %s', (reply) => {
    expect(read(reply).confidence).toBe(0);
  });
});

describe('any text', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          'errors',
          'by',
          'page',
          '/checkout',
          'last week',
          'vs',
          'top',
          '3',
          'why',
          'ios',
          '@',
          '#2',
          '500',
          '?',
        ),
        { maxLength: 12 },
      )
      .map((words) => words.join(' ')),
  );

  it('is read the same way twice, without an error, into a query that fits its metric', () => {
    fc.assert(
      fc.property(text, (question) => {
        const reading = read(question);
        expect(read(question)).toEqual(reading);
        if (reading.intent === 'metric') expect(checkQuery(reading.query).fault).toBeUndefined();
        if (reading.intent === 'refuse') expect(reading.query).toBeNull();
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['a word of 4,000 letters', 'e'.repeat(4_000)],
    ['4,000 marks', '?!/'.repeat(1_400)],
    ['a long list', 'errors by page and '.repeat(220)],
  ])('however long is read: %s', (_, question) => {
    expect(read(question).intent).toBeTypeOf('string');
  });
});
