/** The door, the queue and its worker as the app puts them together, by what is declared when it starts, without Slack. */
import { createHmac } from 'node:crypto';
import { loadConfig } from '../../src/config.ts';
import type { WebhookSource } from '../../src/core/sources.ts';
import { createDeliveryWork, type DeliveryWorkOptions } from '../../src/delivery-work.ts';
import { createPreparation } from '../../src/event-acceptance.ts';
import { startHttpServer } from '../../src/http/server.ts';
import { createIngestRules } from '../../src/pipeline/ingest-rules.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { webhooks } from '../../src/sources/index.ts';
import { createStoreContext } from './store-context.ts';

const SECRET = 'the secret of every tool';

export interface WebhookAppOptions extends Partial<Pick<DeliveryWorkOptions, 'fetchNeed'>> {
  sources?: readonly WebhookSource[];
  now?: number;
}

export async function startWebhookApp(handle: DatabaseHandle, options: WebhookAppOptions = {}) {
  const { sources = webhooks, now = Date.UTC(2026, 10, 21, 12), ...more } = options;
  const context = createStoreContext();
  context.advance(now - context.clock());
  const secrets = sources.map(({ name }) => [`SEEPASS_WEBHOOK_SECRET_${name.toUpperCase()}`, SECRET]);
  const config = loadConfig({
    ...Object.fromEntries(secrets),
    SEEPASS_DELIVERY_KEY: SECRET,
    SEEPASS_PSEUDONYM_KEY: SECRET,
  });
  const { clock, newId, log } = context;
  const target = { kind: 'memory' } as const;
  const stores = createStores(handle, context);
  const rules = createIngestRules(stores);
  await rules.refresh();
  const work = createDeliveryWork({
    ...{ config, target, stores, webhooks: sources, clock, newId, log, ...more },
    preparation: createPreparation(config, target, clock, rules),
    onStored: async () => undefined,
  });
  const server = await startHttpServer({
    ...{ host: '127.0.0.1', port: 0, ingestToken: undefined, log, webhooks: work.door },
    ingest: () => Promise.reject(new Error('not here')),
    readiness: async () => undefined,
  });
  return {
    ...{ context, stores, work },
    /** Proven, as JSON unless said. @returns the status and the answer. */
    async send(source: WebhookSource, body: string | Buffer, headers: Record<string, string> = {}) {
      const response = await fetch(`${server.url}/webhooks/${source.name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...proofOf(source, body), ...headers },
        body,
      });
      return { status: response.status, text: await response.text() };
    },
    async stop() {
      await server.stop();
      await work.stop();
    },
  };
}

function proofOf({ proof }: WebhookSource, body: string | Buffer): Record<string, string> {
  if (proof.kind === 'shared_secret') return { [proof.headers[0] ?? '']: SECRET };
  const { algorithm, encoding, header, prefix = '' } = proof;
  return { [header]: `${prefix}${createHmac(algorithm, SECRET).update(body).digest(encoding)}` };
}
