/** Questions over a metric store and a reader that say what a test wants, everything else real. */
import { createHash } from 'node:crypto';
import type { CheckedQuery, MetricQuery } from '../../../src/core/query/metric-query.ts';
import type { MetricResult } from '../../../src/core/query/metric-result.ts';
import type { QuestionSetting, Reading } from '../../../src/core/query/reading.ts';
import { EMPTY_VOCABULARY, type Vocabulary } from '../../../src/core/query/vocabulary.ts';
import { ROLES } from '../../../src/core/records.ts';
import type { AskDeps, AskRequest } from '../../../src/pipeline/ask/ask-deps.ts';
import type { DatabaseHandle } from '../../../src/postgres/database.ts';
import { createStores } from '../../../src/postgres/stores.ts';
import { AS_OF, figure, queryOf, resultOf } from '../../core/query/answer/asked.ts';
import { silentLog } from '../../support/silent-log.ts';
import { createStoreContext } from '../../support/store-context.ts';

export interface Fakes {
  read(question: string, setting: QuestionSetting): Reading | Promise<Reading>;
  answer?(query: CheckedQuery): MetricResult | Promise<MetricResult>;
  vocabulary?: Vocabulary;
}

export function depsOf(handle: DatabaseHandle, { read, answer, vocabulary }: Fakes): AskDeps {
  const context = createStoreContext();
  return {
    stores: {
      ...createStores(handle, context),
      metrics: {
        answer: async (query) => answer?.(query) ?? resultOf(figure(212)),
        vocabulary: async () => vocabulary ?? { ...EMPTY_VOCABULARY, surfaces: ['/checkout'], sources: ['posthog'] },
      },
    },
    reader: {
      read: async (question, setting) => ({ reading: await read(question, setting), usage: [], budgetSpent: false }),
    },
    narrator: null,
    nextDigest: () => null,
    clock: context.clock,
    newId: context.newId,
    timezone: 'Europe/Berlin',
    currency: 'USD',
    policy: { admins: [], approvers: [] },
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    findByMeaning: null,
    pseudonym: (user) => `pseudonym of ${user}`,
    log: silentLog,
  };
}

export const requestOf = (question: string, changes: Partial<AskRequest> = {}): AskRequest => ({
  question,
  asOf: AS_OF,
  asker: { user: 'U1', roles: ROLES },
  audience: 'asker',
  channel: 'C1',
  threadId: null,
  ...changes,
});

export const readingOf = (changes: Partial<Reading>): Reading => ({
  intent: 'metric',
  query: null,
  reason: null,
  confidence: 1,
  choices: [],
  about: null,
  notes: [],
  ...changes,
});

export const metricReading = (changes: Partial<MetricQuery> & { metric: string }): Reading =>
  readingOf({ query: queryOf(changes) });
