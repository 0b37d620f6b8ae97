import type { Vocabulary } from '../core/query/vocabulary.ts';
import type { MetricStore } from '../pipeline/ports.ts';
import type { StoreContext } from './context.ts';
import type { DatabaseHandle } from './database.ts';
import { answerQuery } from './metric-sql/answer.ts';
import { readVocabulary } from './metric-sql/vocabulary.ts';
import { readOnly } from './read-only.ts';

/** Longer than any question we answer takes; a person waits no longer. */
const TIMEOUT_MS = 3_000;

/** About what the embedded database reads in that time; it knows no timeout. */
const MOST_EMBEDDED_EVENTS = 2_000_000;

const REMEMBERED_MS = 60_000;

/** Counted days are read at once by one process: workers would only get in each other's way when many people ask. */
const PLANS = { enable_nestloop: 'off', max_parallel_workers_per_gather: '0' };

/** Answers closed queries from the data of one workspace; it never writes. */
export function createMetricStore(
  { kysely, kind }: Pick<DatabaseHandle, 'kysely' | 'kind'>,
  context: StoreContext,
  { timeoutMs = TIMEOUT_MS, mostEmbeddedEvents = MOST_EMBEDDED_EVENTS } = {},
): MetricStore {
  let remembered: { at: number; words: Promise<Vocabulary> } | undefined;
  return {
    answer: (query, setting) =>
      readOnly(
        kysely,
        (trx) => answerQuery(trx, context, query, setting, kind === 'embedded' ? mostEmbeddedEvents : null),
        { timeoutMs, settings: PLANS },
      ),
    vocabulary() {
      const now = context.clock();
      if (remembered === undefined || now - remembered.at >= REMEMBERED_MS) {
        const words = readVocabulary(kysely, context);
        remembered = { at: now, words };
        // What failed is not remembered: the next question tries again.
        words.catch(() => {
          remembered = undefined;
        });
      }
      return remembered.words;
    },
  };
}
