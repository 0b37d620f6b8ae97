import { describe, expect, it } from 'vitest';
import { findMetric } from '../../../../src/core/catalogue/index.ts';
import { plainText } from '../../../../src/core/query/answer/plain-text.ts';
import {
  accountsRefusal,
  clarificationBody,
  faultBody,
  refusalBody,
} from '../../../../src/core/query/answer/refusal.ts';
import type { QueryFault } from '../../../../src/core/query/metric-query.ts';
import type { Choice, Reading } from '../../../../src/core/query/reading.ts';

const choices: Choice[] = [{ label: 'Churn by plan', question: 'churn rate by plan' }];
const reading = (changes: Partial<Reading>): Reading => ({
  intent: 'refuse',
  query: null,
  reason: null,
  confidence: 1,
  choices: [],
  about: null,
  notes: [],
  ...changes,
});

it.each([
  [
    'private_data',
    "people's details",
    "I don't show people's details. I count people and accounts; I never name a person or follow one.",
  ],
  [
    'write_request',
    'changes',
    'I only answer questions. Whatever changes something is a proposal that somebody approves.',
  ],
  ['unsupported_metric', 'NPS', "I don't measure NPS."],
  ['unsupported_dimension', 'country', "I can't split that by country."],
  [
    'out_of_scope',
    'forecasts',
    'That is outside what I know: forecasts. I answer from what this product measures: usage, errors, speed, tickets and money. I estimate nothing.',
  ],
] as const)('refuses %s about %s, and says what comes closest', (reason, about, words) => {
  const body = refusalBody(reading({ reason, about, choices }));
  expect(plainText(body)).toBe(`${words}\nClosest: Churn by plan.`);
  expect(body.followUps).toEqual(choices);
});

it.each([
  [1, "I don't measure NPS (noted)."],
  [6, "I don't measure NPS (asked 6 times this month, noted)."],
])('says how often what is missing was asked for: %d', (times, words) =>
  expect(plainText(refusalBody(reading({ reason: 'unsupported_metric', about: 'NPS' }), { times }))).toBe(words),
);

describe('a question back', () => {
  it.each([
    [
      'names the word that has more than one meaning',
      'Rate',
      'what was the rate?',
      'Which “Rate” do you mean?\nChurn by plan',
    ],
    ['says what is unclear', 'the dates', 'errors from 2 to 1', 'One thing is unclear: the dates.\nChurn by plan'],
    ['is short', null, 'hm', 'Which of these do you mean?\nChurn by plan'],
  ])('%s', (_name, about, question, words) =>
    expect(plainText(clarificationBody(reading({ intent: 'clarify', about, choices }), question))).toBe(words),
  );

  it('without a reading shows what a question looks like', () =>
    expect(plainText(clarificationBody(reading({ intent: 'clarify' }), 'hm'))).toContain(
      '“error rate on /checkout last week”',
    ));
});

it.each([
  ['role', 'Rows about single accounts need the analyst role. An admin can give it to you.\nClosest: Churn by plan.'],
  [
    'audience',
    "I don't list accounts where everybody reads along. Ask me in a direct message.\nClosest: Churn by plan.",
  ],
] as const)('keeps accounts back for want of the right %s', (why, words) =>
  expect(plainText(accountsRefusal(why, choices))).toBe(words),
);

describe('a query that does not fit its metric', () => {
  const metric = findMetric('revenue_at_risk');
  it.each([
    [
      { kind: 'unsupported_dimension', dimension: 'error_signature' },
      "I can't split exposed monthly revenue by error signature. It is known by surface.",
    ],
    [
      { kind: 'unsupported_grain', grain: 'hour' },
      "I don't have exposed monthly revenue by the hour. It is known per day.",
    ],
    [
      { kind: 'reversed', window: { start: '2026-01-02', end: '2026-01-01' } },
      'That period ends before it begins. Swap its ends.',
    ],
    [
      { kind: 'too_long', window: { start: '2020-01-02', end: '2026-01-01' } },
      'That is more than three years. Ask for a shorter period.',
    ],
    [{ kind: 'malformed', detail: 'x' }, 'I did not understand that. Ask for a figure, a page and a time.'],
  ] as const)('%j is refused with what it can do', (fault, words) => {
    if (metric === undefined) throw new Error('no metric');
    const whole: QueryFault =
      fault.kind === 'unsupported_dimension' || fault.kind === 'unsupported_grain' ? { ...fault, metric } : fault;
    expect(plainText(faultBody(whole))).toBe(words);
  });
});
