import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GRAINS } from '../../../../src/core/catalogue/define.ts';
import { CATALOGUE } from '../../../../src/core/catalogue/index.ts';
import { metricQuerySchema } from '../../../../src/core/query/metric-query.ts';
import { parseQuestion } from '../../../../src/core/query/parse-question.ts';
import { COMPARED, PERIODS } from '../../../../src/core/query/proposal/periods.ts';
import { type Proposal, proposalSchema } from '../../../../src/core/query/proposal/proposal.ts';
import { readProposal } from '../../../../src/core/query/proposal/read-proposal.ts';
import { isSettled } from '../../../../src/core/query/proposal/settled.ts';
import { INTENTS, type QuestionSetting, REASONS, type ThreadContext } from '../../../../src/core/query/reading.ts';
import { queryOf } from '../answer/asked.ts';

const SETTING: QuestionSetting = {
  asOf: Date.parse('2026-01-30T10:00:00Z'),
  zone: 'Europe/Berlin',
  thread: null,
  vocabulary: {
    surfaces: ['/checkout', '/checkout/payment', '/cart', '/login'],
    values: { plan: ['free', 'growth'], account: ['Northwind Foods'], status: ['500', '404'] },
    sources: ['posthog'],
  },
};
const PLAIN: Proposal = {
  intent: 'metric',
  reason: null,
  metric: 'dropoffs',
  surface: null,
  filters: [],
  period: 'not_said',
  compare: 'not_compared',
  group_by: [],
  grain: null,
  order: 'desc',
  limit: 10,
  could_mean: [],
};

function read(question: string, changes: Partial<Proposal>, setting: Partial<QuestionSetting> = {}) {
  const about = { ...SETTING, ...setting };
  return readProposal({ ...PLAIN, ...changes }, question, { setting: about, own: parseQuestion(question, about) });
}

const THREAD: ThreadContext = {
  intent: 'metric',
  query: queryOf({
    metric: 'errors',
    surface: '/gone',
    filters: { plan: 'legacy' },
    compare: { start: '2026-01-12', end: '2026-01-19' },
  }),
  listed: [{ dimension: 'release', value: 'web@9.9.9' }],
};

describe('what a model says a question means', () => {
  it.each([
    ['a page that has data', 'wobble', { surface: '/cart' }, { surface: '/cart' }],
    ['all pages below one', 'wobble', { surface: '/checkout*' }, { surface: '/checkout*' }],
    ['a page the question writes, known or not', 'wobble on /new', { surface: '/new' }, { surface: '/new' }],
    [
      'a value as the data writes it',
      'wobble',
      { filters: [{ dimension: 'plan', values: ['FREE'] }] },
      { filters: { plan: 'free' } },
    ],
    [
      'several values',
      'wobble',
      { filters: [{ dimension: 'plan', values: ['free', 'growth'] }] },
      { filters: { plan: ['free', 'growth'] } },
    ],
    [
      'an account that the question names',
      'wobble of northwind foods',
      { filters: [{ dimension: 'account', values: ['Northwind Foods'] }] },
      { filters: { account: 'Northwind Foods' } },
    ],
    [
      'a value that only the question has',
      'wobble of plan basic',
      { filters: [{ dimension: 'plan', values: ['basic'] }] },
      { filters: { plan: 'basic' } },
    ],
    [
      'a cohort day in words',
      'wobble after two weeks',
      { metric: 'retention_rate', filters: [{ dimension: 'cohort_day', values: ['14'] }] },
      { filters: { cohort_day: 14 } },
    ],
    ['a named period', 'wobble', { period: 'last month' }, { window: { start: '2025-12-01', end: '2026-01-01' } }],
    ['no period', 'wobble', {}, { window: { start: '2026-01-23', end: '2026-01-30' } }],
    [
      'the time right before',
      'wobble',
      { period: 'last week', compare: 'before' },
      { compare: { start: '2026-01-12', end: '2026-01-19' } },
    ],
    [
      'an earlier named period',
      'wobble',
      { period: 'this month', compare: 'last month' },
      { compare: { start: '2025-12-01', end: '2026-01-01' } },
    ],
    [
      'a compared period that is not earlier',
      'wobble',
      { period: 'last month', compare: 'this month' },
      { compare: null },
    ],
    ['a limit that nothing is cut by', 'wobble', { limit: 3, order: 'asc' }, { limit: 10, order: 'desc' }],
  ] as const)('may be %s', (_, question, changes, query) => {
    expect(read(question, changes as Partial<Proposal>)).toMatchObject({ reading: { query } });
  });

  it('may take over what the thread has settled, and what was listed', () => {
    const filters = [
      { dimension: 'plan', values: ['legacy'] },
      { dimension: 'release', values: ['web@9.9.9'] },
    ];
    const changes = { surface: '/gone', filters, period: 'of_thread', compare: 'of_thread' } as const;
    expect(read('same wobble', { ...changes, filters }, { thread: THREAD })).toMatchObject({
      reading: {
        query: {
          surface: '/gone',
          filters: { plan: 'legacy', release: 'web@9.9.9' },
          window: THREAD.query.window,
          compare: THREAD.query.compare,
        },
      },
    });
    expect(read('same wobble', { surface: '/gone' }).fault).toBe('a surface it cannot have seen');
  });

  it.each([
    ['a page', 'wobble on /cart', { surface: null }, 'surface'],
    ['a release', 'wobble under web@1.2.3', {}, 'release'],
    ['a status', 'wobble with status 500', {}, 'status'],
  ])('may not leave out %s that the question writes', (_, question, changes, slot) => {
    expect(read(question, changes).fault).toBe(`the question names a ${slot} that is left out`);
  });

  it('is about one metric or none, as the intent has it', () => {
    expect(read('wobble', { intent: 'top', group_by: ['plan'] }).reading?.query).toMatchObject({
      metric: null,
      group_by: [],
    });
    expect(read('wobble', { intent: 'tickets' }).reading?.query?.metric).toBe('tickets');
    expect(read('wobble', { intent: 'examples', metric: 'tickets' }).reading?.query?.metric).toBe('tickets');
    expect(read('wobble', { intent: 'help' }).reading).toMatchObject({ intent: 'help', query: null });
  });

  it('is a closed query of known names or an abstention, whatever it says', () => {
    const metrics = CATALOGUE.metrics.map(({ id }) => id);
    const dimensions = [...CATALOGUE.dimensions.map(({ id }) => id), 'cohort_day'];
    const texts = fc.oneof(
      fc.constantFrom('/checkout', '/admin*', '*', 'free', '500', '7', "'; drop table"),
      fc.string({ minLength: 1 }),
    );
    const proposals = fc.record({
      intent: fc.constantFrom(...INTENTS),
      reason: fc.option(fc.constantFrom(...REASONS)),
      metric: fc.option(fc.constantFrom(...metrics)),
      surface: fc.option(texts),
      filters: fc.array(
        fc.record({
          dimension: fc.constantFrom(...dimensions),
          values: fc.array(texts, { minLength: 1, maxLength: 3 }),
        }),
        { maxLength: 2 },
      ),
      period: fc.constantFrom(...PERIODS),
      compare: fc.constantFrom(...COMPARED),
      group_by: fc.array(fc.constantFrom(...CATALOGUE.dimensions.map(({ id }) => id)), { maxLength: 2 }),
      grain: fc.option(fc.constantFrom(...GRAINS)),
      order: fc.constantFrom('asc', 'desc'),
      limit: fc.integer({ min: 1, max: 50 }),
      could_mean: fc.array(fc.constantFrom(...metrics), { maxLength: 4 }),
    });
    const { surfaces, values } = SETTING.vocabulary;
    const known = new Set([...surfaces, '/checkout*', ...Object.values(values).flat()]);
    fc.assert(
      fc.property(proposals, (proposal) => {
        const parsed = proposalSchema.safeParse(proposal);
        if (!parsed.success) return;
        const { reading } = read('wobble', parsed.data);
        const query = reading?.query ?? null;
        if (query === null) return;
        expect(metricQuerySchema.safeParse(query).success).toBe(true);
        expect(query.window.start < query.window.end).toBe(true);
        const named = [query.surface ?? [], ...Object.values(query.filters)].flat().map(String);
        for (const name of named)
          expect(
            known.has(name) || surfaces.some((one) => name.endsWith('*') && one.startsWith(name.slice(0, -1))),
          ).toBe(true);
      }),
    );
  });
});

describe('our own reading', () => {
  it.each([
    ['stands where it is sure', 'errors on /checkout yesterday', true],
    ['stands where it refuses', 'email addresses of all users', true],
    ['stands where a word has two meanings', 'show me the rate', true],
    ['stands with one word put right', 'erors on /checkout yesterday', true],
    ['is asked about where it knows no word', 'wobbliness of the frobnicator', false],
    ['is asked about where much is left unread', 'how many people chickened out at the till', false],
  ])('%s', (_, question, stands) => {
    expect(isSettled(parseQuestion(question, SETTING), question, SETTING)).toBe(stands);
  });
});
