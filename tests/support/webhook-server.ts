/** The HTTP server with two made-up tools that may send: `posthog` has a secret, `sentry` signs and sends little. */
import { createHmac } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { WebhookSource } from '../../src/core/sources.ts';
import { startHttpServer } from '../../src/http/server.ts';
import type { WebhookDoor } from '../../src/http/webhooks.ts';
import type { ProvenDelivery } from '../../src/pipeline/deliveries/receive.ts';
import { madeUpSource } from './deliveries.ts';
import { silentLog } from './silent-log.ts';

export const SECRETS = ['an old secret of the tool', 'a new secret of the tool'];
const shared = madeUpSource('posthog');
const signed: WebhookSource = {
  ...madeUpSource('sentry'),
  proof: { kind: 'hmac', header: 'x-sig', algorithm: 'sha256', encoding: 'hex' },
  bodyLimit: 1_000,
};
export const sign = (body: string | Buffer, secret = SECRETS[0] ?? '') => ({
  'x-sig': createHmac('sha256', secret).update(body).digest('hex'),
});
export const SECRET = { 'x-secret': SECRETS[1] ?? '' };

/** A server until the test ends, what it received and what it counted. */
export async function startWebhookServer(change: Partial<WebhookDoor> = {}) {
  const received: ProvenDelivery[] = [];
  const counts: string[] = [];
  const sources = [shared, signed];
  const server = await startHttpServer({
    ...{ host: '127.0.0.1', port: 0, ingestToken: undefined, log: silentLog },
    readiness: async () => undefined,
    ingest: () => Promise.reject(new Error('not here')),
    webhooks: {
      find: (name) => sources.find((source) => source.name === name),
      names: ['posthog', 'sentry'],
      secretsOf: (source) => ({ secrets: SECRETS, setting: `SEEPASS_WEBHOOK_SECRET_${source.toUpperCase()}` }),
      async receive(delivery) {
        received.push(delivery);
        return 'stored';
      },
      fullFor: () => null,
      count: (source, outcome, detail) => void counts.push(`${source} ${outcome} ${detail}`),
      ...change,
    },
  });
  onTestFinished(() => server.stop());
  const send = async (path: string, headers: Record<string, string>, body: string | Buffer, method = 'POST') => {
    const init =
      method === 'POST' ? { method, headers: { 'content-type': 'application/json', ...headers }, body } : { method };
    const response = await fetch(`${server.url}/webhooks/${path}`, init);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: text.startsWith('{') ? JSON.parse(text) : undefined,
    };
  };
  return { server, send, received, counts };
}
