/** The lines of the README's "Connect your tools", run as they stand, but for the port. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { demoSecrets } from '../../src/cli/demo.ts';
import { loadConfig } from '../../src/config.ts';
import { createDeliveryWork } from '../../src/delivery-work.ts';
import { createAcceptance, createPreparation } from '../../src/event-acceptance.ts';
import { type HttpServer, startHttpServer } from '../../src/http/server.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import { readSourceStates } from '../../src/pipeline/source-states.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { eventsSource } from '../../src/sources/events.ts';
import { webhooks } from '../../src/sources/index.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';

const run = promisify(execFile);
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const block = /## Connect your tools\n[\s\S]*?```sh\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
const LINES = block.split('\n').filter((line) => line.includes('curl'));

let server: HttpServer | undefined;
afterEach(() => server?.stop());

describeOnOneDatabase('the lines of the README', (open) => {
  it('are one a source, and each brings an event that the next digest knows of', async () => {
    const handle = await open();
    const config = {
      ...loadConfig({ SEEPASS_PSEUDONYM_KEY: 'a-key-of-sixteen-characters' }),
      webhookSecrets: demoSecrets(),
    };
    const clock = Date.now;
    const context = { workspace: 'local', timezone: 'UTC', clock, newId: randomUUID, log: silentLog };
    const stores = createStores(handle, { ...context, failureStatuses: [] });
    const preparation = createPreparation(config, { kind: 'memory' }, clock);
    const accept = createAcceptance(preparation)(eventsSource);
    const deliveries = createDeliveryWork({
      ...{ config, target: { kind: 'memory' }, stores, preparation, webhooks, ...context },
      onStored: async () => undefined,
    });
    server = await startHttpServer({
      ...{ host: '127.0.0.1', port: 0, ingestToken: 'seepass-demo-token', log: silentLog },
      readiness: async () => undefined,
      ingest: (records) => ingest([records], { store: stores.events, accept, clock }),
      webhooks: deliveries.door,
    });

    expect(LINES).toHaveLength(6);
    const answers: unknown[] = [];
    for (const line of LINES) {
      const { stdout } = await run('bash', ['-c', line.replaceAll('http://127.0.0.1:4701', server.url)]);
      answers.push(JSON.parse(stdout));
    }
    expect(answers.slice(0, 5)).toEqual(Array(5).fill({ status: 'stored' }));
    expect(answers[5]).toMatchObject({ stored: 1, rejected: 0 });
    await deliveries.now();
    await deliveries.stop();

    const { rows } = await handle.pool.query('SELECT source, type, surface FROM events ORDER BY source, type');
    expect(rows.map(({ source, type, surface }) => `${source} ${type} ${surface}`)).toEqual([
      'api_log request /api/payments/:id',
      'app tool_call /assistant',
      'helpscout ticket /checkout',
      'intercom ticket /checkout',
      'posthog pageview /checkout',
      'sentry error /api/orders/:id',
    ]);
    const states = await readSourceStates(stores, clock(), 'UTC');
    expect(states.map(({ source, silent }) => `${source} ${silent}`)).toEqual(
      ['api_log', 'app', 'helpscout', 'intercom', 'posthog', 'sentry'].map((source) => `${source} false`),
    );
  });
});
