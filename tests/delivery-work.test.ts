import './support/property-draws.ts';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WebhookSource } from '../src/core/sources.ts';
import type { DatabaseHandle } from '../src/postgres/database.ts';
import { webhooks } from '../src/sources/index.ts';
import { describeOnOneDatabase } from './support/database.ts';
import { mutatedPayload, mutatedText } from './support/mutated-payload.ts';
import { payloadText, payloadValues } from './support/payloads.ts';
import { startWebhookApp } from './support/webhook-app.ts';

/** SEEPASS_MUTATIONS draws as many for each source. */
const RUNS = Number(process.env.SEEPASS_MUTATIONS ?? 100);
const AT_ONCE = 20;

const RECORDED: Readonly<Record<string, readonly unknown[]>> = {
  posthog: [
    ...payloadValues('posthog/webhook_destination_default.json'),
    ...payloadValues('posthog/posthog_node_batches.jsonl'),
  ],
  intercom: ['notification', 'customer', 'ticket'].flatMap((kind) => payloadValues(`intercom/${kind}_COMPOSED.json`)),
  helpscout: payloadValues('helpscout/conversation.json'),
  sentry: [
    ...['error', 'event_alert', 'issue'].flatMap((kind) => payloadValues(`sentry/hook_${kind}_COMPOSED.json`)),
    ...payloadValues('sentry/sentry_node_events.jsonl').slice(0, 5),
    payloadText('sentry/envelope_COMPOSED.txt'),
  ],
  api_log: [
    payloadText('logs/pino_http.ndjson'),
    payloadText('logs/access_COMPOSED.txt'),
    ...payloadValues('logs/otlp_logs.json'),
  ],
};

const headers = fc.record(
  {
    'content-type': fc.constantFrom(
      'application/json',
      'text/plain',
      'application/x-ndjson',
      'text/xml',
      'application/json;charset=utf-16',
    ),
    'content-encoding': fc.constantFrom('gzip', 'identity', 'br'),
    'sentry-hook-resource': fc.constantFrom('error', 'issue', 'event_alert', 'nonsense', '__proto__'),
    'x-helpscout-event': fc.constantFrom('convo.created', 'convo.deleted', 'nonsense'),
  },
  { requiredKeys: [] },
);

describeOnOneDatabase('what tools send', (open) => {
  let handle: DatabaseHandle;
  let app: Awaited<ReturnType<typeof startWebhookApp>>;
  const rejections: unknown[] = [];
  const remember = (reason: unknown): void => void rejections.push(reason);
  beforeAll(async () => {
    process.on('unhandledRejection', remember);
    handle = await open();
    app = await startWebhookApp(handle);
  });
  afterAll(async () => {
    await app.stop();
    process.off('unhandledRejection', remember);
  });
  const unread = async () =>
    (
      await handle.pool.query(
        "SELECT source, last_error FROM webhook_deliveries WHERE kind = 'sent' AND state <> 'parsed'",
      )
    ).rows;

  it.each(webhooks.map((source) => [source.name, source] as const))(
    'for %s with anything in it is taken or refused with a reason, and what is taken is read',
    async (name, source) => {
      const recorded = RECORDED[name] ?? [];
      const body = fc.oneof(
        { arbitrary: mutatedPayload(recorded).map((value) => JSON.stringify(value)), weight: 3 },
        { arbitrary: mutatedText(recorded), weight: 2 },
        { arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)), weight: 1 },
      );
      const sending = fc.array(fc.tuple(body, headers, fc.boolean()), { minLength: 1, maxLength: AT_ONCE });
      const statuses = new Set<number>();
      await fc.assert(
        fc.asyncProperty(sending, async (sent) => {
          const answers = await Promise.all(sent.map(([text, more, packed]) => sendOne(source, text, more, packed)));
          for (const { status, text } of answers) {
            statuses.add(status);
            expect([202, 413, 415, 422]).toContain(status);
            if (status !== 202)
              expect(JSON.parse(text)).toEqual({ error: expect.any(String), reason: expect.any(String) });
          }
          await app.work.now();
          expect(await unread()).toEqual([]);
        }),
        { numRuns: Math.ceil(RUNS / (AT_ONCE / 2)), endOnFailure: process.env.SEEPASS_MUTATIONS !== undefined },
      );
      expect(statuses).toContain(202);
      expect(rejections).toEqual([]);
    },
    60_000 + RUNS * 50,
  );

  const sendOne = (source: WebhookSource, body: string | Buffer, more: object, packed: boolean) => {
    const packs = packed && Reflect.get(more, 'content-encoding') === 'gzip';
    return app.send(source, packs ? gzipSync(body) : body, Object.fromEntries(Object.entries(more)));
  };
});
