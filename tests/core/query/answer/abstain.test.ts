import { describe, expect, it } from 'vitest';
import { abstain } from '../../../../src/core/query/answer/abstain.ts';
import type { MetricAsked } from '../../../../src/core/query/answer/asked.ts';
import { plainText } from '../../../../src/core/query/answer/plain-text.ts';
import { nearestOf } from '../../../../src/core/query/answer/unknown-value.ts';
import type { Figure } from '../../../../src/core/query/metric-result.ts';
import type { Vocabulary } from '../../../../src/core/query/vocabulary.ts';
import { askedOf, figure, queryOf, resultOf, row } from './asked.ts';

const vocabulary: Vocabulary = {
  surfaces: ['/checkout', '/cart', '/login'],
  values: { release: ['web@1.42.0', 'web@1.41.3'] },
  sources: ['posthog', 'intercom', 'sentry'],
};

const abstained = (asked: MetricAsked, known = vocabulary, since: Figure | null = null) => abstain(asked, known, since);
const words = (asked: MetricAsked, known = vocabulary, since: Figure | null = null): string => {
  const answer = abstained(asked, known, since);
  return answer === null ? '' : (plainText(answer.body).split('\nticket')[0] ?? '');
};

describe('no data', () => {
  it('before the source was connected: names it, since when, and what there is from then on', () => {
    const query = queryOf({ metric: 'tickets', window: { start: '2025-12-01', end: '2026-01-01' } });
    const asked = askedOf(query, resultOf(figure(0), { first_date: '2026-01-03' }));
    expect(words(asked, vocabulary, figure(212))).toContain(
      'No Intercom data before 3 Jan. From then to now: 212 tickets.',
    );
    expect(abstained(asked)?.reason).toBe('no_data');
    expect(abstained(asked)?.body.followUps).toEqual([
      { label: 'Since 3 Jan', question: 'tickets from 2026-01-03 to 2026-01-28' },
    ]);
    expect(abstained(asked)?.body.rows).toEqual([]);
  });

  it.each([
    [
      'of a source that was never connected: names those that could send it',
      queryOf({ metric: 'latency_p95' }),
      'No data for 95th percentile latency yet: no source has sent any. It comes from your API logs; connect it, or import a file.',
    ],
    [
      'of what the workspace has to declare first',
      queryOf({ metric: 'activation_rate' }),
      'Say in the workspace config what activation means',
    ],
  ])('%s', (_name, query, said) =>
    expect(words(askedOf(query, resultOf(figure(null), { first_date: null, watermark: null })))).toContain(said),
  );

  it.each([
    ['people', queryOf({ metric: 'active_users' }), 'Daily totals do not tell active users.'],
    ['hours', queryOf({ metric: 'pageviews', grain: 'hour' }), 'Daily totals do not tell pageviews by the hour.'],
    [
      'what they name nothing of',
      queryOf({ metric: 'errors', filters: { platform: 'ios' } }),
      'Daily totals do not tell errors by platform. That takes events, and of Tue 20 Jan only daily totals were imported.',
    ],
  ])('of %s where only daily totals were imported', (_name, query, said) =>
    expect(words(askedOf(query, resultOf(figure(null), { totals_only: ['2026-01-20'] })))).toContain(said),
  );

  it('of what daily totals never hold: nobody is told that nothing was imported', () =>
    expect(
      words(askedOf(queryOf({ metric: 'revenue' }), resultOf(figure(null), { first_date: null })), {
        ...vocabulary,
        sources: [],
      }),
    ).toContain('No data for revenue yet: no source has sent any.'));

  it('of who left, where nobody was seen before', () =>
    expect(words(askedOf(queryOf({ metric: 'churn_rate' }), resultOf(figure([0, 0]))))).toContain(
      'Nobody can tell who left last week: no account was seen in the 7 days before.',
    ));

  it('at all in an empty workspace: says how to begin', () => {
    const asked = askedOf(queryOf({ metric: 'errors' }), resultOf(figure(0), { first_date: null, watermark: null }));
    expect(words(asked, { surfaces: [], values: {}, sources: [] })).toContain(
      'There is no data yet. Nothing has been imported, and no source is connected.',
    );
  });

  it('of a page that does not exist: offers the nearest, in a question of the same kind', () => {
    const query = queryOf({ metric: 'errors', surface: '/chekout' });
    const asked = askedOf(query, resultOf(figure(0)));
    expect(words(asked)).toContain('I know no page /chekout. Nearest: /checkout');
    expect(abstained(asked)?.body.followUps[0]).toEqual({
      label: '/checkout',
      question: 'errors on /checkout from 2026-01-19 to 2026-01-25',
    });
  });

  it('of a value that nothing has named', () =>
    expect(
      words(askedOf(queryOf({ metric: 'errors', filters: { release: 'web@1.43.0' } }), resultOf(figure(0)))),
    ).toContain('I know no release web@1.43.0. Nearest: web@1.42.0, web@1.41.3.'));

  it('since the sources fell silent: says when that was', () => {
    const silent = resultOf(figure(0), { watermark: Date.parse('2026-01-10T10:00:00Z') });
    expect(words(askedOf(queryOf({ metric: 'tickets' }), silent))).toContain(
      'No data for tickets last week. The latest that has arrived is from Sat 10 Jan, 11:00: check Intercom or Help Scout.',
    );
  });

  it('since then, by the hour too: nothing that came is no zero', () => {
    const silent = resultOf(figure(0), { watermark: Date.parse('2026-01-27T22:00:00Z') });
    const window = { start: '2026-01-28T08:00', end: '2026-01-28T10:00' };
    expect(words(askedOf(queryOf({ metric: 'errors', window }), silent))).toContain(
      'No data for errors on Wed 28 Jan, 08:00–10:00. The latest that has arrived is from Tue 27 Jan, 23:00',
    );
  });

  it('of the future: makes no forecast', () =>
    expect(
      words(
        askedOf(queryOf({ metric: 'errors', window: { start: '2026-02-02', end: '2026-02-09' } }), resultOf(figure(0))),
      ),
    ).toContain('That is still to come. Nothing is known over Mon 2–Sun 8 Feb, and I make no forecasts.'));

  it('to divide by: there is no rate, and it is not zero', () =>
    expect(words(askedOf(queryOf({ metric: 'error_rate', surface: '/cart' }), resultOf(figure([0, 0]))))).toContain(
      'No pageviews on /cart last week, so there is no error rate to tell.',
    ));
});

describe('too little data', () => {
  const asked = askedOf(
    queryOf({ metric: 'error_rate', surface: '/cart' }),
    resultOf(figure([2, 31]), { rows: [row({ figure: figure([2, 31]) })] }),
  );

  it('says what was counted, what it takes and offers longer', () => {
    expect(words(asked)).toContain(
      'Too few to say: 31 pageviews on /cart last week. Error rate takes at least 50. 2 errors were counted.',
    );
    expect(abstained(asked)?.body.followUps).toEqual([
      { label: 'The past 30 days', question: 'error rate on /cart from 2025-12-29 to 2026-01-27' },
    ]);
  });

  it('gives no figure, but what it would rest on', () => {
    expect(abstained(asked)?.reason).toBe('too_small');
    expect(abstained(asked)?.body.rows).toEqual([{ value: null, numerator: 2, denominator: 31, sample: 31 }]);
    expect(abstained(asked)?.body.facts.map(({ id }) => id)).not.toContain('value');
  });
});

it.each([
  ['a zero of something that is measured', queryOf({ metric: 'errors', surface: '/cart' }), figure(0)],
  ['a figure', queryOf({ metric: 'error_rate' }), figure([2, 100])],
])('%s is answered', (_name, query, total) => expect(abstained(askedOf(query, resultOf(total)))).toBeNull());

it('offers nothing that is nothing like it', () => expect(nearestOf('/zzzzzz', ['/checkout', '/cart'])).toEqual([]));
