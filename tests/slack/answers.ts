/** Answers as ask() gives them, for the views. */

import { plainText } from '../../src/core/query/answer/plain-text.ts';
import { bodyOf, plain, strong } from '../../src/core/query/answer/spans.ts';
import type { Answer, AnswerBody } from '../../src/core/query/answer-body.ts';
import type { MetricQuery } from '../../src/core/query/metric-query.ts';
import type { Reading } from '../../src/core/query/reading.ts';
import { addDays } from '../../src/core/window.ts';

export const query = (change: Partial<MetricQuery> = {}): MetricQuery => ({
  metric: 'error_rate',
  surface: '/checkout',
  filters: {},
  window: { start: '2026-01-19', end: '2026-01-26' },
  compare: { start: '2026-01-12', end: '2026-01-19' },
  group_by: [],
  grain: null,
  order: 'desc',
  limit: 10,
  ...change,
});

const reading = (change: Partial<Reading> = {}): Reading => ({
  intent: 'metric',
  query: query(),
  reason: null,
  confidence: 1,
  choices: [],
  about: null,
  notes: [],
  ...change,
});

export function answerOf(
  body: AnswerBody,
  change: Partial<Omit<Answer, 'body' | 'reading'>> & { reading?: Partial<Reading> } = {},
): Answer {
  return {
    body,
    text: plainText(body),
    receipt: '8F2K7M3Q',
    written_by: 'template',
    ...change,
    reading: reading(change.reading),
  };
}

const context = [
  'error_rate v1 = errors / pageviews',
  'Mon 19–Sun 25 Jan against 12–18 Jan, Europe/Berlin',
  '12.5k pageviews',
  'data to 09:12',
];

/** One figure against the week before. */
export const scalar = (): Answer =>
  answerOf(
    bodyOf([strong('2.1% error rate on /checkout last week'), plain(', up from 1.3% (12–18 Jan).')], {
      sentences: [[plain('The rise of 0.8 points is outside normal variation (p < 0.001).')]],
      quotes: ['My card fails after submit'],
      context,
      links: [{ label: 'Sentry', url: 'https://sentry.example.com/issues/1?a=1&b=2' }],
      followUps: [
        { label: 'Why?', question: 'why?' },
        { label: 'By release', question: 'by release' },
        { label: 'Per day', question: 'per day' },
      ],
      rows: [{ value: 0.021, sample: 12_450, compare_value: 0.013 }],
    }),
  );

/** The worst pages. */
export function groups(count: number, name: (index: number) => string = (index) => `/page/${index}`): Answer {
  const rows = Array.from({ length: count }, (_, index) => ({
    surface: name(index),
    value: 0.2 / (index + 1),
    sample: 900,
  }));
  return answerOf(
    bodyOf([strong(`${name(0)} has the highest error rate`), plain(' last week: 20%.')], {
      table: {
        columns: [
          { label: 'Page', align: 'left' },
          { label: 'Error rate', align: 'right' },
        ],
        rows: rows.map(({ surface, value }) => [surface, `${(value * 100).toFixed(1)}%`]),
        cut: `Showing ${count} of 42 pages`,
      },
      context,
      rows,
    }),
    { reading: { query: query({ surface: null, compare: null, group_by: ['surface'] }) } },
  );
}

/** A figure a day, over one line or several; `gap` has no figure. */
export function daily(days: number, lines = 1, gap = -1): Answer {
  const dates = Array.from({ length: days }, (_, index) => addDays('2026-01-01', index));
  return answerOf(
    bodyOf([strong('1.4% error rate'), plain(' over the days, between 1.0% and 2.4%.')], {
      series: {
        title: 'Error rate',
        unit: 'share',
        lines: Array.from({ length: lines }, (_, line) => ({
          name: lines === 1 ? 'Error rate' : `/page/${line}`,
          points: dates.map((date, index) => ({
            label: date,
            value: index === gap ? null : 0.01 + (index % 7) / 500 + line / 1000 + (index === 33 ? 0.2 : 0),
          })),
        })),
        alt: 'The error rate is 1.4% and steady.',
      },
      table: {
        columns: [
          { label: 'Day', align: 'left' },
          { label: 'Error rate', align: 'right' },
        ],
        rows: dates.slice(0, 31).map((date) => [date, '1.0%']),
        cut: null,
      },
      context,
      rows: dates.map((bucket) => ({ bucket, value: 0.01, partial: false, sample: 100 })),
    }),
    { reading: { query: query({ grain: 'day', compare: null }) } },
  );
}

export const refusal = (): Answer =>
  answerOf(
    bodyOf([strong('I don’t measure NPS (asked 6 times this month, noted).')], {
      sentences: [[plain('Closest: Ticket rate, 30 days.')]],
      followUps: [{ label: 'Ticket rate, 30 days', question: 'ticket rate past 30 days' }],
    }),
    { receipt: null, reading: { intent: 'refuse', reason: 'unsupported_metric', query: null } },
  );

export const clarification = (): Answer =>
  answerOf(
    bodyOf([strong('Which “conversion” do you mean?')], {
      sentences: [[plain('Actions per view on /checkout · Checkout funnel')]],
      followUps: [
        { label: 'Actions per view on /checkout', question: 'conversion rate on /checkout' },
        { label: 'Checkout funnel', question: 'funnel conversion of checkout' },
      ],
    }),
    { receipt: null, reading: { intent: 'clarify', reason: 'ambiguous', query: null } },
  );

/** Every part as long as it gets, of text that wants out of its place. */
export function hostile(size: number): Answer {
  const wild = '<!channel> <@U0000MAYA> &*~`_=1+1 \u202e\n> '.repeat(size);
  return answerOf(
    bodyOf([strong(wild), plain(wild)], {
      sentences: Array.from({ length: size }, () => [strong(wild), plain(wild)]),
      quotes: Array.from({ length: size }, () => wild),
      besides: Array.from({ length: size }, () => [plain(wild)]),
      table: {
        columns: Array.from({ length: Math.min(size, 30) }, () => ({ label: wild, align: 'right' as const })),
        rows: Array.from({ length: size * 3 }, () => Array.from({ length: Math.min(size, 30) }, () => wild)),
        cut: wild,
      },
      series: {
        title: wild,
        unit: 'count',
        lines: Array.from({ length: size }, () => ({
          name: wild,
          points: Array.from({ length: size * 2 }, (_, index) => ({ label: wild, value: index })),
        })),
        alt: wild,
      },
      context: Array.from({ length: size }, () => wild),
      links: Array.from({ length: size }, () => ({ label: wild, url: `https://x.example/${wild}` })),
      followUps: Array.from({ length: size }, () => ({ label: wild, question: wild })),
      rows: Array.from({ length: size }, () => ({ surface: wild, value: 1 })),
    }),
  );
}
