import { expect, it } from 'vitest';
import { findMetric } from '../../../../src/core/catalogue/index.ts';
import { plainText } from '../../../../src/core/query/answer/plain-text.ts';
import type { Variation } from '../../../../src/core/query/answer/variation.ts';
import { type Score, writeOverview } from '../../../../src/core/query/told/overview.ts';
import { AS_OF, LAST_WEEK, queryOf, WEEK_BEFORE } from '../answer/asked.ts';

const worse: Variation = { tested: true, p: 0.001, outside: true };
const usual: Variation = { tested: true, p: 0.5, outside: false };
const gap: Variation = { tested: false, why: 'gap' };

function told(...scores: readonly (readonly [id: string, variation: Variation])[]): string {
  const body = writeOverview({
    query: { ...queryOf({ metric: 'errors', window: LAST_WEEK }), compare: WEEK_BEFORE },
    scores: scores.map(([id, variation]): Score => {
      const metric = findMetric(id);
      if (metric === undefined) throw new RangeError(id);
      const gaps = variation === gap ? [{ date: '2026-01-19', sources: ['posthog' as const] }] : [];
      return { metric, now: 0.2, before: 0.1, variation, gaps };
    }),
    priority: null,
    open: 0,
    judged: '2026-01-25',
    sameTime: false,
    freshness: [],
    setting: { asOf: AS_OF, zone: 'Europe/Berlin', currency: 'USD' },
  });
  return plainText(body).split('\n')[0] ?? '';
}

const LEFT_OPEN = 'PostHog sent nothing on Mon 19 Jan, so 1 figure cannot be told from before.';

it.each([
  [
    'what got worse comes first',
    ['error_rate', worse],
    ['ticket_rate', usual],
    'Worse last week: error rate. The rest is as usual.',
  ],
  [
    'the rest is not called usual',
    ['error_rate', worse],
    ['ticket_rate', gap],
    `Worse last week: error rate. ${LEFT_OPEN}`,
  ],
  [
    'not all is called usual',
    ['error_rate', usual],
    ['ticket_rate', gap],
    `As usual last week: error rate. ${LEFT_OPEN}`,
  ],
  [
    'what is usual is said',
    ['error_rate', usual],
    ['ticket_rate', usual],
    'All as usual last week: no figure moved more than it does most weeks.',
  ],
] as const)('where a day lacks data or none does, %s', (_name, one, other, headline) => {
  expect(told(one, other)).toBe(headline);
});
