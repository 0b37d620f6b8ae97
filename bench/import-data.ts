import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { parseEvent } from '../src/core/event.ts';
import { createPreparer } from '../src/core/prepare-event.ts';
import { copyText } from '../src/postgres/event-rows.ts';

const KINDS = [
  'pageview',
  'pageview',
  'pageview',
  'pageview',
  'action',
  'request',
  'request',
  'error',
  'ticket',
  'revenue',
];
const SOURCES: Readonly<Record<string, string>> = { request: 'api_log', error: 'sentry', ticket: 'intercom' };
const START = Date.UTC(2026, 0, 1);

/** The raw event `n` as an export would hold it: URLs with ids, people's ids, private data in free texts. */
function rawEvent(n: number): object {
  const type = KINDS[n % KINDS.length] ?? 'pageview';
  const extra: Readonly<Record<string, object>> = {
    request: { status: n % 60 === 5 ? 503 : 200, endpoint: `POST /api/orders/${n % 4000}`, request_id: `req-${n}` },
    error: {
      message: `Request ${n % 900} failed for jane${n % 50}@example.com`,
      stack: `TypeError: x\n    at pay (/srv/app/pay.js:1:${n % 7})\n    at run (/srv/node_modules/x/index.js:1:1)`,
    },
    ticket: {
      text: `My card fails after submit, call me at +49 30 901820${n % 10}, thanks. Order ${n}`,
      ticket_topic: 'card fails',
    },
  };
  return {
    ts: new Date(START + n * 700).toISOString(),
    source: SOURCES[type] ?? 'posthog',
    type,
    account: `account ${n % 500}`,
    user: `user-${n % 20_000}`,
    surface: `https://app.example.com/en/products/${n % 3000}?ref=${n % 9}`,
    ...(type === 'request' || type === 'revenue' ? { value: (n % 90_000) / 100 } : {}),
    id: `event-${n}`,
    meta: {
      event: `${type} seen`,
      release: `web@1.${n % 40}.0`,
      env: 'production',
      platform: 'web',
      plan: 'pro',
      ...extra[type],
    },
  };
}

/** Writes the raw events as JSONL, and the rows they become as COPY text, so that both ways store the same. */
export async function writeInputs(rows: number, jsonl: string, copy: string | null): Promise<void> {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const prepare = createPreparer({
    currency: 'USD',
    keyId: 'bench',
    sha256,
    pseudonym: (user) => sha256(user).slice(0, 22),
  });
  const [raw, staged] = [createWriteStream(jsonl), copy === null ? undefined : createWriteStream(copy)];
  for (let start = 0; start < rows; start += 5_000) {
    const events = Array.from({ length: Math.min(5_000, rows - start) }, (_, index) => rawEvent(start + index));
    const lines = `${events.map((event) => JSON.stringify(event)).join('\n')}\n`;
    if (!raw.write(lines)) await once(raw, 'drain');
    if (staged === undefined) continue;
    const prepared = events
      .flatMap((event) => parseEvent(event, { now: START * 2, currency: 'USD' }).event ?? [])
      .map(prepare);
    if (!staged.write(copyText(prepared.map((event) => ({ event, occurrence: 0, repeats: 0 })))))
      await once(staged, 'drain');
  }
  await Promise.all([raw, staged].map((stream) => stream && once(stream.end(), 'close')));
}
