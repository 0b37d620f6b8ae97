/** Whys over the bench's events: of a count, a ratio, money, distinct people and a percentile. */
import type { MetricQuery } from '../src/core/query/metric-query.ts';
import { EMPTY_VOCABULARY } from '../src/core/query/vocabulary.ts';
import { withDefaults } from '../src/core/workspace-config.ts';
import { answerWhy } from '../src/pipeline/ask/explain.ts';
import type { StoreContext } from '../src/postgres/context.ts';
import type { DatabaseHandle } from '../src/postgres/database.ts';
import { createStores } from '../src/postgres/stores.ts';

const QUERY: Omit<MetricQuery, 'metric'> = {
  ...{ surface: null, filters: {}, window: { start: '2026-03-23', end: '2026-03-30' }, compare: null },
  ...{ group_by: [], grain: null, order: 'desc', limit: 10 },
};

const bareOf = (figure: string): string => `SELECT ts >= '2026-03-22T23:00Z', ${figure} FROM events
  WHERE workspace_id = 'local' AND ts >= '2026-03-15T23:00Z' AND ts < '2026-03-29T22:00Z' GROUP BY 1`;

export const WHYS: readonly { name: string; query: MetricQuery; bare: string }[] = [
  ['pageviews', `count(*) FILTER (WHERE type = 'pageview')`],
  ['error_rate', `count(*) FILTER (WHERE type = 'error')::float8 / count(*) FILTER (WHERE type = 'pageview')`],
  ['revenue', `sum(amount_minor) FILTER (WHERE type = 'revenue')`],
  ['active_users', `count(DISTINCT "user") FILTER (WHERE type IN ('pageview', 'action', 'message'))`],
  ['latency_p95', `percentile_cont(0.95) WITHIN GROUP (ORDER BY value) FILTER (WHERE type = 'request')`],
].map(([metric = '', figure = '']) => ({ name: metric, query: { ...QUERY, metric }, bare: bareOf(figure) }));

/** From a reading to the answer, as the person who asks waits for it. */
export async function askWhy(handle: DatabaseHandle, context: StoreContext, query: MetricQuery): Promise<void> {
  const reading = {
    intent: 'explain',
    query,
    reason: null,
    confidence: 1,
    choices: [],
    about: null,
    notes: [],
  } as const;
  await answerWhy(reading, {
    stores: createStores(handle, context),
    reader: { read: async () => ({ reading, usage: [], budgetSpent: false }) },
    narrator: null,
    nextDigest: () => null,
    findByMeaning: null,
    clock: context.clock,
    newId: context.newId,
    timezone: context.timezone,
    currency: 'EUR',
    policy: { admins: [], approvers: [] },
    sha256: (text) => text,
    pseudonym: (user) => user,
    log: context.log,
    request: {
      ...{ question: '', asOf: context.clock(), audience: 'asker', channel: null, threadId: null },
      asker: { user: null, roles: ['analyst'] },
    },
    config: withDefaults({}),
    vocabulary: EMPTY_VOCABULARY,
    thread: null,
  });
}
