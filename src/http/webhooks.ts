/** `POST /webhooks/:source`: proven, read as far as is needed to know it again, and stored before it is answered. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { DeliveryEnvelope, WebhookSource } from '../core/sources.ts';
import { readBodyValue } from '../core/webhook/body.ts';
import { SeepassError } from '../errors.ts';
import type { ProvenDelivery } from '../pipeline/deliveries/receive.ts';
import { answer } from './answer.ts';
import { noRoom, readBytes } from './read-body.ts';
import { Refusal } from './refusal.ts';
import { proves, sentProof } from './signature.ts';
import { unpack } from './unpack.ts';

export interface WebhookDoor {
  find(name: string): WebhookSource | undefined;
  readonly names: readonly string[];
  /** Valid at the same time, and the setting they come from. */
  secretsOf(source: string): { secrets: readonly string[]; setting: string };
  receive(delivery: ProvenDelivery): Promise<'stored' | 'known'>;
  /** Seconds after which to come again, when no more can be taken now. */
  fullFor(): number | null;
  /** A delivery that is not stored anew, and why. */
  count(source: string, outcome: 'refused' | 'duplicate', detail: string): void;
}

export type WebhookHandler = (request: IncomingMessage, response: ServerResponse, name: string) => Promise<void>;

const BODY_LIMIT = 5_000_000;
/** A body that takes longer is no tool's. */
const BODY_MS = 15_000;
const MOST_OPEN = 500;
/** Bytes of bodies that are being read, packed or stored. */
const MOST_HELD = 64_000_000;
const LONGEST_HEADER = 1_000;
const READABLE =
  /^(?:application\/(?:x-ndjson|ndjson|jsonl|json|x-sentry-envelope|[\w.-]+\+json)|text\/plain|application\/x-www-form-urlencoded)\s*(?:;|$)/i;
const OTHER_CHARSET = /;\s*charset\s*=\s*"?(?!utf-?8\b|us-ascii\b)/i;

export function createWebhookHandler(door: WebhookDoor): WebhookHandler {
  let open = 0;
  let held = 0;

  /** @throws Refusal, or SeepassError `too_large` or `bad_input`. */
  async function take(request: IncomingMessage, source: WebhookSource): Promise<'stored' | 'known'> {
    const { headers } = request;
    const { secrets, setting } = door.secretsOf(source.name);
    if (secrets.length === 0)
      throw new Refusal(
        403,
        'no_secret',
        `Set ${setting} where Seepass runs, and restart it: nothing is taken unproven.`,
      );
    const wait = open >= MOST_OPEN ? 1 : door.fullFor();
    if (wait !== null) throw new Refusal(429, 'overloaded', `Too much is waiting. Send it again in ${wait} s.`, wait);
    const packed = checkForm(headers);
    const { proof, bodyLimit: limit = BODY_LIMIT } = source;
    const sent = sentProof(proof, headers);
    const unproven = () =>
      new Refusal(401, 'unauthorized', `The ${proof.kind === 'hmac' ? 'signature' : 'secret'} is wrong.`);
    if (sent === undefined) throw new Refusal(401, 'unauthorized', `${proofName(source)} is missing.`);
    if (proof.kind === 'shared_secret' && !proves(proof, sent, secrets, Buffer.alloc(0))) throw unproven();
    open += 1;
    let mine = 0;
    const hasRoom = (bytes: number): boolean => {
      mine += bytes;
      held += bytes;
      return held <= MOST_HELD;
    };
    try {
      const raw = await readBytes(request, { limit, withinMs: BODY_MS, hasRoom });
      if (proof.kind === 'hmac' && !proves(proof, sent, secrets, raw)) throw unproven();
      const body = packed ? await unpack(raw, limit) : raw;
      if (packed && !hasRoom(body.length)) throw noRoom();
      return await door.receive(read(source, headers, body));
    } finally {
      open -= 1;
      held -= mine;
    }
  }

  return async (request, response, name) => {
    const source = door.find(name);
    if (source === undefined)
      throw new Refusal(404, 'not_found', `There is no such source. There are: ${door.names.join(', ')}.`);
    // Some tools ask whether somebody is there before they send.
    if (request.method === 'HEAD') return answer(response, 200, {});
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      throw new Refusal(405, 'method_not_allowed', 'Send deliveries with POST.');
    }
    try {
      const what = await take(request, source);
      if (what === 'known') door.count(source.name, 'duplicate', '');
      answer(response, 202, { status: what });
    } catch (error) {
      if (error instanceof Refusal || error instanceof SeepassError) door.count(source.name, 'refused', error.code);
      throw error;
    }
  };
}

/** @returns whether the body is packed. @throws Refusal 415. */
function checkForm(headers: IncomingHttpHeaders): boolean {
  const type = headers['content-type'] ?? 'application/json';
  if (!READABLE.test(type))
    throw new Refusal(415, 'unsupported_type', 'Send application/json, application/x-ndjson or text/plain.');
  if (OTHER_CHARSET.test(type)) throw new Refusal(415, 'unsupported_charset', 'Send the body as UTF-8.');
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new Refusal(415, 'unsupported_encoding', 'Send the body unpacked, or as gzip.');
  return encoding === 'gzip';
}

/** What is stored of it. @throws Refusal 422 for what no parser could read. */
function read(source: WebhookSource, sent: IncomingHttpHeaders, body: Buffer): ProvenDelivery {
  const isText = /^text\/plain/i.test(sent['content-type'] ?? '');
  const { value, reason } = readBodyValue(decode(body), isText);
  if (reason !== undefined) throw new Refusal(422, 'bad_body', reason);
  const headers: Record<string, string> = {};
  for (const name of source.keptHeaders) {
    const header = sent[name];
    if (typeof header === 'string') headers[name] = header.slice(0, LONGEST_HEADER);
  }
  return {
    source: source.name,
    headers,
    body,
    deliveryId: idOf(source, { headers, body: value, receivedAt: Date.now() }),
  };
}

/** One that cannot be told is known again by its content: nothing is refused for a fault of ours. */
function idOf(source: WebhookSource, envelope: DeliveryEnvelope): string | null {
  try {
    return source.deliveryId(envelope);
  } catch {
    return null;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new Refusal(422, 'bad_body', 'The body is not UTF-8.');
  }
}

function proofName({ proof }: WebhookSource): string {
  return proof.kind === 'hmac' ? `The signature (${proof.header})` : `The secret (${proof.headers.join(' or ')})`;
}
