import { createHmac, randomUUID } from 'node:crypto';
import { VERIFICATION_TOKEN } from '../interactions/payloads.ts';
import { isRecord, type JsonRecord, parseJson } from '../json.ts';
import type { Acknowledgement, Delivery, Envelope } from './delivery.ts';

export interface HttpTransport {
  /**
   * Where the app takes events, interactions and commands, e.g. `http://127.0.0.1:3000/slack/events`.
   * A function where the app's port is known only after the workspace has started.
   */
  requestUrl: string | (() => string);
  signingSecret: string;
}

/** Slack's v0 signature of a body at a moment (epoch seconds). */
const signBody = (secret: string, timestamp: number, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;

function encode(envelope: Envelope): { contentType: string; body: string } {
  const form = 'application/x-www-form-urlencoded';
  if (envelope.type === 'events_api') {
    return { contentType: 'application/json', body: JSON.stringify(envelope.payload) };
  }
  if (envelope.type === 'interactive') {
    return {
      contentType: form,
      body: new URLSearchParams({ payload: JSON.stringify(envelope.payload) }).toString(),
    };
  }
  const fields = Object.entries(envelope.payload).map(([key, value]): [string, string] => [key, String(value)]);
  return { contentType: form, body: new URLSearchParams(fields).toString() };
}

function readAnswer(text: string): JsonRecord {
  const parsed = parseJson(text);
  if (isRecord(parsed)) return parsed;
  return text === '' ? {} : { text };
}

/** The other transport: signed requests to the app's own server. */
export class HttpDelivery implements Delivery {
  readonly #transport: HttpTransport;
  readonly #ackTimeoutMs: number;
  readonly #stopped = new AbortController();

  constructor(transport: HttpTransport, ackTimeoutMs: number) {
    this.#transport = transport;
    this.#ackTimeoutMs = ackTimeoutMs;
  }

  async deliver(envelope: Envelope): Promise<Acknowledgement> {
    const { contentType, body } = encode(envelope);
    const { retry } = envelope;
    try {
      const response = await this.#post(contentType, body, {
        ...(retry === undefined
          ? {}
          : { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason }),
      });
      const text = await response.text();
      if (response.ok) return { acknowledged: true, body: readAnswer(text) };
      const isFinal = response.headers.get('x-slack-no-retry') === '1';
      const reason = response.status < 500 ? 'http_client_error' : 'http_service_error';
      return { acknowledged: false, reason, isFinal };
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError';
      return { acknowledged: false, reason: isLate ? 'operation_timeout' : 'dispatch_failed' };
    }
  }

  /** Asks as Slack does when a Request URL is saved: the app must answer with the challenge. */
  async verify(): Promise<boolean> {
    const challenge = randomUUID();
    const asked = { token: VERIFICATION_TOKEN, challenge, type: 'url_verification' };
    try {
      const response = await this.#post('application/json', JSON.stringify(asked), {});
      return response.ok && (await response.text()).includes(challenge);
    } catch {
      return false;
    }
  }

  #post(contentType: string, body: string, headers: Record<string, string>): Promise<Response> {
    const { requestUrl, signingSecret } = this.#transport;
    // The app compares this with its own wall clock, so an injected clock must not reach it.
    const timestamp = Math.floor(Date.now() / 1000);
    return fetch(typeof requestUrl === 'string' ? requestUrl : requestUrl(), {
      method: 'POST',
      headers: {
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': signBody(signingSecret, timestamp, body),
        ...headers,
      },
      body,
      signal: AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(this.#ackTimeoutMs)]),
    });
  }

  whenReady(): Promise<void> {
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
  }
}
