import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../../../src/core/catalogue/index.ts';
import { metricFollowUps } from '../../../../src/core/query/answer/follow-ups.ts';
import { phraseQuestion } from '../../../../src/core/query/answer/phrase-question.ts';
import type { CheckedQuery } from '../../../../src/core/query/metric-query.ts';
import { parseQuestion } from '../../../../src/core/query/parse-question.ts';
import type { Reading } from '../../../../src/core/query/reading.ts';
import type { Vocabulary } from '../../../../src/core/query/vocabulary.ts';
import { AS_OF, askedOf, figure, queryOf, resultOf, WEEK_BEFORE } from './asked.ts';

const file = join(import.meta.dirname, '../../../evals/vocabulary.json');
const vocabulary: Vocabulary = JSON.parse(readFileSync(file, 'utf8'));

const read = (question: string, query: CheckedQuery | null): Reading =>
  parseQuestion(question, {
    asOf: AS_OF,
    zone: 'Europe/Berlin',
    vocabulary,
    thread: query === null ? null : { intent: 'metric', query, listed: [] },
  });

describe.each(CATALOGUE.metrics.map((metric) => [metric.id, metric] as const))('%s', (id, metric) => {
  const surface = metric.dimensions.includes('surface') ? '/checkout' : null;

  it.each([
    ['alone', null],
    ['with the week before', WEEK_BEFORE],
  ])('%s offers only questions that are read in its thread as what their button says', (_name, compare) => {
    const query = queryOf({ metric: id, surface, compare });
    const total = figure(500);
    const asked = askedOf(query, resultOf(total, compare === null ? {} : { compared: total }));
    for (const { label, question } of metricFollowUps(asked)) {
      const reading = read(question, query);
      expect(reading.query, question).toMatchObject({ metric: id, surface, window: query.window });
      if (label === 'Why?') expect(reading.intent).toBe('explain');
      else expect(reading.intent, question).toBe('metric');
      if (label.startsWith('By ')) expect(reading.query?.group_by, question).toHaveLength(1);
      if (label === 'Per day') expect(reading.query?.grain).toBe('day');
      if (label.startsWith('Against')) expect(reading.query?.compare).toEqual(WEEK_BEFORE);
    }
  });

  it('is read as itself from the question that stands for it', () => {
    const cuts = metric.dimensions.filter((dimension) => dimension !== 'funnel');
    const queries = [
      queryOf({ metric: id, surface }),
      queryOf({ metric: id, window: { start: '2026-01-20', end: '2026-01-21' } }),
      ...cuts.map((dimension) => queryOf({ metric: id, group_by: [dimension] })),
      ...metric.grains.filter((grain) => grain !== 'hour').map((grain) => queryOf({ metric: id, grain })),
      ...(metric.dimensions.includes('plan') ? [queryOf({ metric: id, filters: { plan: 'growth' } })] : []),
    ];
    for (const query of queries) {
      const question = phraseQuestion(query);
      expect(read(question, null).query, question).toEqual(query);
    }
  });
});
