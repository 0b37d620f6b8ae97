import type { WebhookSource } from '../core/sources.ts';
import { readLogValue } from './api-log/log-value.ts';
import { valuesOf } from './payload/lines.ts';
import { deliveryOf } from './payload/parts.ts';

/** The logs of an API: pino-http, access logs, JSON of other loggers, and OTLP/JSON. */
export const apiLogSource: WebhookSource = {
  kind: 'webhook',
  name: 'api_log',
  summary: 'API logs: requests with latency and status, and errors (pino-http, access logs, JSON, OTLP/JSON)',
  setup: [
    'Let your log shipper (Vector, Fluent Bit, the OpenTelemetry Collector) send to {url} with POST, over HTTP.',
    'One record a line, a JSON array, or OTLP/JSON. Header: Authorization: Bearer {secret}',
    'Send the lines about finished requests (method, path, status, duration), and those of level error and fatal.',
    'A file of them: seepass import app.log --source api_log',
  ],
  proof: { kind: 'shared_secret', headers: ['x-seepass-secret', 'authorization'] },
  keptHeaders: [],
  plainLines: true,
  deliveryId: () => null,
  parse: ({ body }, limits) => deliveryOf(valuesOf(body).flatMap((value) => readLogValue(value, limits))),
};
