import { afterEach, beforeAll, expect, it } from 'vitest';
import { createAsking } from '../src/asking.ts';
import { loadConfig } from '../src/config.ts';
import type { DatabaseHandle } from '../src/postgres/database.ts';
import { createStores } from '../src/postgres/stores.ts';
import { says, startMessagesEndpoint } from './anthropic/messages-endpoint.ts';
import { requestOf } from './pipeline/ask/asking.ts';
import { describeOnOneDatabase } from './support/database.ts';
import { silentLog } from './support/silent-log.ts';
import { createStoreContext } from './support/store-context.ts';

const QUESTION = 'wobbliness of the frobnicator';
const REFUSES = says(
  JSON.stringify({
    intent: 'refuse',
    reason: 'unsupported_metric',
    metric: null,
    surface: null,
    filters: [],
    period: 'not_said',
    compare: 'not_compared',
    group_by: [],
    grain: null,
    order: 'desc',
    limit: 10,
    could_mean: [],
  }),
);

describeOnOneDatabase('asking', (open) => {
  let handle: DatabaseHandle;
  let endpoint: Awaited<ReturnType<typeof startMessagesEndpoint>> | undefined;
  beforeAll(async () => {
    handle = await open();
  });
  afterEach(() => endpoint?.stop());

  async function ask(environment: Record<string, string>) {
    endpoint = await startMessagesEndpoint(REFUSES);
    const context = createStoreContext();
    const config = loadConfig({ ANTHROPIC_BASE_URL: endpoint.url, ...environment });
    const opened = { stores: createStores(handle, context), target: { kind: 'memory' as const } };
    const answer = await (await createAsking(config, opened, { ...context, log: silentLog }))(requestOf(QUESTION));
    return { answer, seen: endpoint.seen };
  }

  it('goes to ANTHROPIC_BASE_URL with the configured model where there is a key', async () => {
    const { answer, seen } = await ask({ ANTHROPIC_API_KEY: 'sk-ant-local', ANTHROPIC_MODEL: 'a-local-one' });
    expect(seen.map(({ body }) => body.model)).toEqual(['a-local-one']);
    expect(answer.reading).toMatchObject({ intent: 'refuse', reason: 'unsupported_metric' });
  });

  it('asks nobody without a key', async () => {
    const { answer, seen } = await ask({});
    expect(seen).toEqual([]);
    expect(answer.reading.intent).toBe('refuse');
  });

  it('answers without the model once SEEPASS_MODEL_BUDGET is spent, and says so', async () => {
    const { answer, seen } = await ask({
      ANTHROPIC_API_KEY: 'sk-ant-local',
      ANTHROPIC_MODEL: 'claude-sonnet-5-5',
      SEEPASS_MODEL_BUDGET: '0.001',
    });
    expect(seen).toEqual([]);
    expect(answer.text).toContain('Model budget for today is spent; answered without it.');
  });
});
