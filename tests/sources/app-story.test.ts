/** An application's own conversations, from POST /v1/events to what is counted. */
import { beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { createAcceptance, createPreparation } from '../../src/event-acceptance.ts';
import { startHttpServer } from '../../src/http/server.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import { createMetricStore } from '../../src/postgres/metric.repository.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { eventsSource } from '../../src/sources/events.ts';
import { ask, CONFIG } from '../postgres/metric-fixture.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';
import { closedWebhooks } from '../support/webhook-door.ts';

const TOKEN = 'a-token-of-sixteen-characters';
const DAY = '2026-01-29';

/** One conversation after another, in order: who, how it ended, and what each step was. */
const STORY: readonly (readonly [user: string, end: string | null, steps: readonly object[]])[] = [
  ['ann', 'completed', [message('user'), tool('image_gen', true, 5), message('assistant', 1)]],
  ['ann', 'blocked_by_credits', [message('user'), tool('video_gen', false, 0), tool('video_gen', true, 20)]],
  ['bob', 'abandoned', [message('user'), message('assistant', 1), message('user')]],
  ['cid', null, [message('user')]],
];

function message(role: string, value?: number): object {
  return { type: 'message', ...(value === undefined ? {} : { value }), meta: { role, text: 'Make a clip' } };
}

function tool(name: string, success: boolean, value: number): object {
  return { type: 'tool_call', value, meta: { tool: name, success } };
}

describeOnOneDatabase('conversations that an application sends', (open) => {
  const context = createStoreContext({ timezone: 'UTC' });
  let figureOf: (metric: string) => Promise<unknown>;

  beforeAll(async () => {
    const handle = await open();
    const stores = createStores(handle, context);
    const { clock, log } = context;
    const accept = createAcceptance(createPreparation(loadConfig({}), { kind: 'memory' }, clock))(eventsSource);
    const server = await startHttpServer({
      ...{ host: '127.0.0.1', port: 0, ingestToken: TOKEN, log, readiness: async () => undefined },
      webhooks: closedWebhooks,
      ingest: (records) => ingest([records], { store: stores.events, accept, clock }),
    });
    const response = await fetch(`${server.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(STORY.flatMap(eventsOf)),
    });
    expect(await response.json()).toMatchObject({ read: 13, stored: 13, rejected: 0 });
    await server.stop();
    const metrics = createMetricStore(handle, context);
    const window = { start: DAY, end: '2026-01-30' };
    figureOf = async (metric) => {
      const query = ask({ metric, window });
      return (await metrics.answer(query, { asOf: clock(), config: CONFIG })).total.figure;
    };
  });

  it.each([
    ['conversations', 4],
    ['messages', 7],
    ['credits_used', 27],
    ['completion_rate', 1 / 3],
    ['credit_exhausted_users', 1],
    ['credit_exhaustion_rate', 1 / 3],
    ['tool_failure_rate', 1 / 3],
    ['active_users', 3],
  ])('%s are %s', async (metric, value) => {
    expect(await figureOf(metric)).toMatchObject({ value });
  });
});

function eventsOf([user, end, steps]: (typeof STORY)[number], nth: number): object[] {
  const last = end === null ? [] : [{ type: 'completion', meta: { completion_status: end } }];
  return [...steps, ...last].map((step, at) => ({
    ...{ source: 'app', user, account: 'acme', id: `e-${nth}-${at}`, ...step },
    ts: `${DAY}T10:${String(nth).padStart(2, '0')}:${String(at).padStart(2, '0')}Z`,
    meta: { conversation_id: `conv_${nth}`, ...Reflect.get(step, 'meta') },
  }));
}
