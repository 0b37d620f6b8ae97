import { expect, it } from 'vitest';
import { answerMetric } from '../../../../src/core/query/answer/metric-answer.ts';
import { plainText } from '../../../../src/core/query/answer/plain-text.ts';
import { askedOf, figure, queryOf, resultOf } from './asked.ts';

it.each([
  [
    '26% conversion in the checkout funnel last week (Mon 19–Sun 25 Jan).\n91 of 354 users who began.',
    { metric: 'funnel_conversion', filters: { funnel: 'checkout' } },
    figure([91, 354]),
  ],
  ['\n74 of 334 new users.', { metric: 'retention_rate', filters: { cohort_day: 1 } }, figure([74, 334])],
] as const)('says of what a share is, and no word twice: %s', (words, query, total) => {
  expect(plainText(answerMetric(askedOf(queryOf(query), resultOf(total))).body)).toContain(words);
});
