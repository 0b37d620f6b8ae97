import { describe, expect, it } from 'vitest';
import { bindFacts } from '../../../../src/core/facts/ledger.ts';
import type { MetricAsked } from '../../../../src/core/query/answer/asked.ts';
import { answerMetric } from '../../../../src/core/query/answer/metric-answer.ts';
import { plainText } from '../../../../src/core/query/answer/plain-text.ts';
import { cutByFirstDay } from '../../../../src/core/query/answer/told-buckets.ts';
import { askedOf, figure, LAST_WEEK, queryOf, resultOf, row, WEEK_BEFORE } from './asked.ts';

const text = (asked: MetricAsked): string => plainText(answerMetric(asked).body);

describe('one figure', () => {
  it('comes first, then the period before, whether that is normal, the definition, dates, sample and freshness', () => {
    const query = queryOf({ metric: 'error_rate', surface: '/checkout', compare: WEEK_BEFORE });
    const result = resultOf(figure([261, 12_450]), { compared: figure([148, 11_390]) });
    expect(text(askedOf(query, result, { variation: { tested: true, p: 0.0004, outside: true } }))).toBe(
      [
        '2.1% error rate on /checkout last week, up from 1.3% (Mon 19–Sun 25 Jan against 12–18 Jan).',
        '261 errors in 12.5k pageviews. Up 0.8 points; that is worse, and outside normal variation (p < 0.001).',
        'error_rate v1 = errors / pageviews · Mon 19–Sun 25 Jan against 12–18 Jan, Europe/Berlin · 12.5k pageviews · data to 09:12',
      ].join('\n'),
    );
  });

  it.each([
    [
      'a rise of what should rise is better',
      queryOf({ metric: 'conversion_rate', compare: WEEK_BEFORE }),
      resultOf(figure([400, 1000]), { compared: figure([300, 1000]) }),
      { tested: true as const, p: 0.002, outside: true },
      'Up 10 points; that is better, and outside normal variation (p = 0.002).',
    ],
    [
      'of what is neither good nor bad it is only said',
      queryOf({ metric: 'requests', compare: WEEK_BEFORE }),
      resultOf(figure(1200), { compared: figure(1000) }),
      { tested: true as const, p: 0.03, outside: true },
      'Up 20%, outside normal variation (p = 0.03).',
    ],
    [
      'something after nothing has no ratio',
      queryOf({ metric: 'errors', compare: WEEK_BEFORE }),
      resultOf(figure(12), { compared: figure(0) }),
      { tested: true as const, p: 0.01, outside: true },
      'Up from none; that is worse, and outside normal variation (p = 0.01).',
    ],
    [
      'what doubled is told as how many times',
      queryOf({ metric: 'tickets', compare: WEEK_BEFORE }),
      resultOf(figure(310), { compared: figure(100) }),
      { tested: true as const, p: 0.0001, outside: true },
      '3.1x what it was; that is worse, and outside normal variation (p < 0.001).',
    ],
    [
      'a week that is not over is told by the day',
      queryOf({ metric: 'tickets', window: { start: '2026-01-26', end: '2026-01-29' }, compare: LAST_WEEK }),
      resultOf(figure(30), { compared: figure(70) }),
      { tested: true as const, p: 0.2, outside: false },
      '30 tickets this week so far, down from 70 (Mon 26–Wed 28 Jan against 19–25 Jan).\nThe periods differ in length: a day that is 12.4 against 10. Up 24%, within normal variation (p = 0.2).',
    ],
    [
      'a period before that begins with the data is told by its days',
      queryOf({ metric: 'tickets', compare: WEEK_BEFORE }),
      resultOf(figure(70), { compared: figure(40), first_date: '2026-01-15' }),
      null,
      'The periods differ in length: a day that is 10 against 10. Of the compared period there is data from Thu 15 Jan on.',
    ],
    [
      'what is usual is called so, better or not',
      queryOf({ metric: 'errors', compare: WEEK_BEFORE }),
      resultOf(figure(90), { compared: figure(100) }),
      { tested: true as const, p: 0.4, outside: false },
      'Down 10%, within normal variation (p = 0.4).',
    ],
    [
      'a handful is no change',
      queryOf({ metric: 'errors', compare: WEEK_BEFORE }),
      resultOf(figure(2), { compared: figure(4) }),
      { tested: false as const, why: 'too_few' as const },
      'Down 50%; too few to tell that from chance.',
    ],
    [
      'a young workspace cannot tell yet',
      queryOf({ metric: 'errors', compare: WEEK_BEFORE }),
      resultOf(figure(200), { compared: figure(100) }),
      { tested: false as const, why: 'short_history' as const },
      '2.0x what it was; whether that is normal cannot be told yet: it takes two weeks of days before both periods.',
    ],
  ])('%s', (_name, query, result, variation, sentence) =>
    expect(text(askedOf(query, result, { variation }))).toContain(sentence),
  );

  it.each([
    ['1 ticket last week (Mon 19–Sun 25 Jan).', { metric: 'tickets' }, figure(1)],
    ['0 tickets on /login last week (Mon 19–Sun 25 Jan).', { metric: 'tickets', surface: '/login' }, figure(0)],
    [
      '$12.8k revenue on the growth plan last week',
      { metric: 'revenue', filters: { plan: 'growth' } },
      figure(1_280_000),
    ],
    ['310 ms median latency last week', { metric: 'latency_p50' }, figure(310, 900)],
    ['44 min first response time last week', { metric: 'first_response_minutes' }, figure(44, 67)],
    ['118 credits used last week', { metric: 'credits_used' }, figure(118)],
    [
      '12 requests of GET /api/v1/search with status 429 last week',
      { metric: 'requests', filters: { status: '429', endpoint: 'GET /api/v1/search' } },
      figure(12),
    ],
    [
      '22% retention rate on day 1 last week',
      { metric: 'retention_rate', filters: { cohort_day: 1 } },
      figure([74, 334]),
    ],
    [
      '7 errors on pages like /checkout* yesterday (Tue 27 Jan).',
      { metric: 'errors', surface: '/checkout*', window: { start: '2026-01-27', end: '2026-01-28' } },
      figure(7),
    ],
    [
      '7 errors today so far (Wed 28 Jan).',
      { metric: 'errors', window: { start: '2026-01-28', end: '2026-01-29' } },
      figure(7),
    ],
    [
      '7 errors this week so far (Mon 26–Wed 28 Jan).',
      { metric: 'errors', surface: null, window: { start: '2026-01-26', end: '2026-01-29' }, filters: {} },
      figure(7),
    ],
    [
      '7 errors since Tue 20 Jan (Tue 20–Wed 28 Jan).\nToday is not over yet.',
      { metric: 'errors', window: { start: '2026-01-20', end: '2026-01-29' } },
      figure(7),
    ],
    [
      '7 errors over Mon 5–Sun 11 Jan.',
      { metric: 'errors', window: { start: '2026-01-05', end: '2026-01-12' } },
      figure(7),
    ],
    [
      '7 errors on Tue 27 Jan, 14:00–16:00.',
      { metric: 'errors', window: { start: '2026-01-27T14:00', end: '2026-01-27T16:00' } },
      figure(7),
    ],
    [
      '7 errors under web@1.41.3 or web@1.42.0 last week',
      { metric: 'errors', filters: { release: ['web@1.41.3', 'web@1.42.0'] } },
      figure(7),
    ],
    [
      '7 errors last month (Mon 1–Wed 31 Dec 2025).',
      { metric: 'errors', window: { start: '2025-12-01', end: '2026-01-01' } },
      figure(7),
    ],
  ])('reads %j', (start, query, total) => expect(text(askedOf(queryOf(query), resultOf(total)))).toContain(start));

  it('says what it was read as, what it covers and what is not over', () => {
    const query = queryOf({
      metric: 'tickets',
      window: { start: '2026-01-01', end: '2026-01-29' },
      compare: WEEK_BEFORE,
    });
    const result = resultOf(figure(212), { first_date: '2026-01-03' });
    const said = text(askedOf(query, result, { notes: ['"tikets" read as "tickets"'] }));
    expect(said).toContain('I read "tikets" as "tickets".');
    expect(said).toContain('There is no data for this before Sat 3 Jan: the figure covers 26 of 28 days.');
    expect(said).toContain('Nothing to compare with: there is no data for 12–18 Jan.');
  });
});

it.each([
  ['begins in the days before', '2025-12-22', { metric: 'churn_rate' }, 'there is data from Mon 22 Dec on: 10 of 31.'],
  ['begins before them', '2025-11-30', { metric: 'churn_rate' }, null],
  ['begins in them, of another metric', '2025-12-22', { metric: 'errors' }, null],
])('churn says how much of the days before is known where data %s', (_name, first_date, metric, said) => {
  const query = queryOf({ ...metric, window: { start: '2026-01-01', end: '2026-02-01' } });
  const whole = text(askedOf(query, resultOf(figure([0, 286]), { first_date })));
  if (said === null) expect(whole).not.toContain('can have left');
  else expect(whole).toContain(`Only accounts seen in the 31 days before can have left, and of those days ${said}`);
});

it.each([
  [
    [{ date: '2026-01-20', sources: ['posthog' as const] }],
    'PostHog sent nothing on Tue 20 Jan: the figure lacks what it would have sent.',
  ],
  [
    ['19', '20', '21', '22'].map((day) => ({ date: `2026-01-${day}`, sources: ['api_log' as const] })),
    'Your API logs sent nothing on Mon 19–Thu 22 Jan',
  ],
])('a figure says when what it is made of was not sent: %j', (gaps, words) =>
  expect(text(askedOf(queryOf({ metric: 'pageviews' }), resultOf(figure(9)), { gaps }))).toContain(words),
);

describe('groups', () => {
  const query = queryOf({ metric: 'errors', group_by: ['surface'] });
  const rows = [
    row({ key: { surface: '/checkout' }, figure: figure(120) }),
    row({ key: { surface: null }, figure: figure(30) }),
  ];
  const result = resultOf(figure(200), { rows, groups: 42 });

  it('begin with who leads, and show shares of the whole and what is left out', () =>
    expect(text(askedOf(query, result))).toBe(
      [
        '/checkout has the most errors: 120 of 200 last week (Mon 19–Sun 25 Jan).',
        'The 2 shown hold 75% of all 200.',
        'Page       Errors  Share',
        '/checkout     120    60%',
        '(no page)      30    15%',
        'Showing 2 of 42 pages',
        'errors v1 = error events, and requests that failed (status 500 and up, or a status the workspace lists) · Mon 19–Sun 25 Jan, Europe/Berlin · data to 09:12',
      ].join('\n'),
    ));

  it('are listed for the conversation, those without a name left out', () =>
    expect(answerMetric(askedOf(query, result)).listed).toEqual([{ dimension: 'surface', value: '/checkout' }]));

  it.each([
    [
      'that were asked for by name stand side by side, one that has none included',
      { metric: 'errors', filters: { release: ['web@1.42.0', 'web@1.41.3'] }, group_by: ['release'] },
      [row({ key: { release: 'web@1.42.0' }, figure: figure(22) })],
      'Errors last week: web@1.42.0 22, web@1.41.3 none (Mon 19–Sun 25 Jan).',
    ],
    [
      'of a rate have a highest',
      { metric: 'error_rate', group_by: ['plan'] },
      [row({ key: { plan: 'free' }, figure: figure([30, 1000]) })],
      'free has the highest error rate: 3% last week',
    ],
    [
      'in ascending order have a fewest',
      { metric: 'errors', group_by: ['plan'], order: 'asc' as const },
      [row({ key: { plan: 'free' }, figure: figure(3) })],
      'free has the fewest errors: 3 of 200 last week',
    ],
    [
      'by number say what the number is',
      { metric: 'errors', group_by: ['severity'] },
      [row({ key: { severity: '1' }, figure: figure(44) }), row({ key: { severity: '3' }, figure: figure(41) })],
      'Severity 1 has the most errors: 44 of 200 last week',
    ],
    [
      'that share the first place are named together',
      { metric: 'tickets', group_by: ['category'] },
      [row({ key: { category: 'bug' }, figure: figure(7) }), row({ key: { category: 'access' }, figure: figure(7) })],
      'bug and access have the most tickets: 7 each of 200 last week',
    ],
    [
      'that share it and are many are counted',
      { metric: 'errors', group_by: ['surface'] },
      ['/a', '/b', '/c'].map((surface) => row({ key: { surface }, figure: figure(5) })),
      '/a and 2 more pages have the most errors: 5 each of 200 last week',
    ],
    [
      'are led by one with a name',
      { metric: 'credits_used', group_by: ['tool'] },
      [row({ key: { tool: null }, figure: figure(104) }), row({ key: { tool: 'reorder' }, figure: figure(70) })],
      'reorder has the most credits used: 70 of 200 last week (Mon 19–Sun 25 Jan). 104 of 200 credits used name no assistant tool.',
    ],
    [
      'of nothing have no leader',
      { metric: 'errors', group_by: ['plan'] },
      [row({ key: { plan: 'free' }, figure: figure(0) })],
      '0 errors last week for every plan',
    ],
    [
      'that are all too small are not ranked',
      { metric: 'tool_failure_rate', group_by: ['tool'] },
      [row({ key: { tool: 'check_stock' }, figure: figure([2, 12]) })],
      'No assistant tool has the 50 tool calls it takes to rank tool failure rate last week',
    ],
  ])('%s', (_name, changes, groups, headline) =>
    expect(
      text(askedOf(queryOf(changes), resultOf(figure(200), { rows: groups })))
        .split('\n')
        .slice(0, 2)
        .join(' '),
    ).toContain(headline),
  );
});

describe('time', () => {
  const days = [10, 40, 20].map((value, index) =>
    row({ bucket: `2026-01-${19 + index}`, figure: figure(value), partial: index === 2 }),
  );

  it('gives the whole and between what its days lie, a day that is cut left out', () =>
    expect(text(askedOf(queryOf({ metric: 'tickets', grain: 'day' }), resultOf(figure(70), { rows: days })))).toContain(
      [
        '70 tickets last week, 10–40 a day (Mon 19–Sun 25 Jan).',
        'The day marked "(part)" is not complete and left out of what is said above.',
        'Day                Tickets',
        'Mon 19 Jan              10',
        'Tue 20 Jan              40',
        'Wed 21 Jan (part)       20',
      ].join('\n'),
    ));

  it.each([
    [
      'shares',
      'failure_rate',
      [
        [1, 100],
        [5, 100],
      ],
      '1–5% a day',
    ],
    ['durations', 'first_response_minutes', [36, 56], '36–56 min a day'],
    ['days that are all alike', 'tickets', [5, 5], ', 5 a day'],
  ] as const)('gives %s with one unit', (_name, metric, values, range) => {
    const rows = values.map((value, index) => row({ bucket: `2026-01-2${index}`, figure: figure(value, 100) }));
    expect(text(askedOf(queryOf({ metric, grain: 'day' }), resultOf(figure([3, 100]), { rows })))).toContain(range);
  });

  it('gives people by the average day, since days do not add up', () => {
    const asked = askedOf(queryOf({ metric: 'active_users', grain: 'day' }), resultOf(figure(45), { rows: days }));
    expect(text(asked)).toContain('25 active users a day on average last week (Mon 19–Sun 25 Jan).');
    expect(text(asked)).toContain('Over the whole period: 45 active users, each counted once.');
  });

  it('of one day is told as that day', () => {
    const query = queryOf({ metric: 'active_users', grain: 'day', window: { start: '2026-01-27', end: '2026-01-28' } });
    const rows = [row({ bucket: '2026-01-27', figure: figure(744) })];
    expect(text(askedOf(query, resultOf(figure(744), { rows })))).toMatch(
      /^744 active users yesterday \(Tue 27 Jan\)\./,
    );
  });

  it('leaves out what is still to come, and marks every day that is cut', () => {
    const rows = [null, 40, 20, 30, null, null].map((value, index) =>
      row({ bucket: `2026-01-${19 + index}`, figure: figure(value), partial: index < 2 || index > 2 }),
    );
    const said = text(askedOf(queryOf({ metric: 'tickets', grain: 'day' }), resultOf(figure(90), { rows })));
    expect(said).toContain('The days marked "(part)" are not complete');
    expect(said).not.toContain('Mon 19 Jan (part)');
    expect(said).toContain('Thu 22 Jan (part)       30\ntickets v1');
  });

  it('marks the bucket data begins in', () => {
    const rows = ['2026-01-05', '2026-01-12', '2026-01-19'].map((bucket) => row({ bucket, figure: figure(9) }));
    const marked = cutByFirstDay(resultOf(figure(27), { rows, first_date: '2026-01-13' }));
    expect(marked.rows.map(({ partial }) => partial)).toEqual([true, true, false]);
  });

  it('draws a line with a gap where nothing is known, in major units', () => {
    const rows = [
      row({ bucket: '2026-01-19', figure: figure(1250) }),
      row({ bucket: '2026-01-20', figure: figure(null) }),
    ];
    const { series } = answerMetric(
      askedOf(queryOf({ metric: 'aov', grain: 'day' }), resultOf(figure(1250), { rows })),
    ).body;
    expect(series?.lines).toEqual([
      {
        name: 'Average order value',
        points: [
          { label: 'Mon 19 Jan', value: 12.5 },
          { label: 'Tue 20 Jan', value: null },
        ],
      },
    ]);
  });
});

describe('what others read', () => {
  const query = queryOf({ metric: 'revenue', group_by: ['plan'], compare: WEEK_BEFORE });
  const rows = [row({ key: { plan: 'growth' }, figure: figure(1_250), compared: figure(1_000) })];
  const { body } = answerMetric(askedOf(query, resultOf(figure(2_500), { rows, compared: figure(2_000) })));

  it('has money in major units', () =>
    expect(body.rows).toEqual([{ plan: 'growth', value: 12.5, sample: 1250, compare_value: 10 }]));

  it('has a fact for every figure, under stable ids', () =>
    expect(body.facts.map(({ id, value, unit, text }) => [id, value, unit, text])).toEqual([
      ['metric', 'Revenue', 'name', 'Revenue'],
      ['window', '2026-01-19', 'date', 'Mon 19–Sun 25 Jan'],
      ['timezone', 'Europe/Berlin', 'name', 'Europe/Berlin'],
      ['value', 25, 'USD', '$25'],
      ['compare.window', '2026-01-12', 'date', 'Mon 12–Sun 18 Jan'],
      ['compare.value', 20, 'USD', '$20'],
      ['change', 5, 'USD', '25%'],
      ['sample', 2500, 'count', '2,500'],
      ['groups', 1, 'count', '1'],
      ['row.1.name', 'growth', 'name', 'growth'],
      ['row.1.value', 12.5, 'USD', '$13'],
      ['row.1.compare.value', 10, 'USD', '$10'],
      ['row.1.share', 0.5, 'share', '50%'],
    ]));

  it('can be told by a model that writes no digit', () =>
    expect(bindFacts('{{fact:value}} in {{fact:window}}, {{fact:row.1.name}} first.', body.facts)).toEqual({
      ok: true,
      text: '$25 in Mon 19–Sun 25 Jan, growth first.',
    }));
});
