import { describe, expect, it } from 'vitest';
import { findWritten } from '../../../../src/core/query/parse/written.ts';
import { readVocabulary } from '../../../evals/cases.ts';

const vocabulary = readVocabulary();
const found = (text: string): string[] => findWritten(text, vocabulary).map(({ slot, value }) => `${slot}=${value}`);

describe('what is written as it is', () => {
  it.each<[text: string, found: string[]]>([
    ['errors on /checkout.', ['surface=/checkout']],
    ['errors on /products/8841?ref=mail', ['surface=/products/:id']],
    ['errors on https://shop.example/en/orders/7', ['surface=/orders/:id']],
    ['everything like /settings/*', ['surface=/settings/*']],
    ['p95 of POST /api/v1/checkout', ['endpoint=POST /api/v1/checkout']],
    ['calls to /api/v1/session', ['endpoint=POST /api/v1/session']],
    ['errors on web@1.42.0, please', ['release=web@1.42.0']],
    ['errors on 1.42.0', ['release=web@1.42.0']],
    ['db_pool_timeout yesterday', ['error_signature=DB_POOL_TIMEOUT']],
    ['401 and 403 on POST /api/v1/session', ['status=401', 'status=403', 'endpoint=POST /api/v1/session']],
    ['how many 404s', ['status=404']],
    ['5xx today', ['status=5xx']],
    ['answered with a 504', ['status=504']],
    ['the past 200 days', []],
    ['sev 4 errors', ['severity=4']],
    ['day 7 retention', ['cohort_day=7']],
    ['30-day retention', ['cohort_day=30']],
    ['week 1 retention', ['cohort_day=7']],
    ['still around after two weeks', ['cohort_day=14']],
    ['and/or', []],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});
