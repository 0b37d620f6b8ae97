import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ErrorCode, SeepassError } from '../errors.ts';
import type { IngestReport, InputRecord } from '../pipeline/ingest.ts';
import type { Log } from '../pipeline/ports.ts';
import { readBody, recordsOf } from './read-body.ts';

export interface HttpServerOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Bearer token of POST /v1/events; undefined closes that door. */
  readonly ingestToken: string | undefined;
  /** Stores the records of one delivery. */
  readonly ingest: (records: readonly InputRecord[]) => Promise<IngestReport>;
  /** Slack's requests in HTTP mode; everything that is not ours goes there. */
  readonly slackListener?: RequestListener;
  readonly log: Log;
  /** Resolves when the service can do its work; rejects with the reason. */
  readonly readiness: () => Promise<void>;
}

export interface HttpServer {
  readonly url: string;
  /** Takes no more requests, lets running ones finish for at most five seconds; safe to call twice. */
  stop(): Promise<void>;
}

const BODY_LIMIT = 10_000_000;
const GRACE_MS = 5_000;
const READABLE =
  /^(?:application\/(?:x-ndjson|ndjson|jsonl|json|[\w.-]+\+json)|text\/plain|application\/x-www-form-urlencoded)\b/i;

const STATUS: Readonly<Record<ErrorCode, number>> = {
  bad_arguments: 400,
  bad_input: 400,
  bad_config: 500,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  database_unavailable: 503,
  database_corrupt: 503,
  schema_newer: 503,
  query_too_slow: 504,
  port_in_use: 500,
  slack_unavailable: 502,
  model_unavailable: 502,
  tool_unavailable: 502,
  internal: 500,
};

/**
 * Serves POST /v1/events and GET /healthz.
 * @throws SeepassError `port_in_use`, or `bad_config` for a host that is not ours.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const server = createServer((request, response) => {
    route(request, response, options).catch((error: unknown) => answerError(response, error, options.log));
  });
  server.requestTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenFault(error, options)));
    server.listen(options.port, options.host, resolve);
  });
  server.on('error', (error) => options.log.error({ error: error.message }, 'The HTTP server failed'));
  const address = server.address();
  const port = isAddress(address) ? address.port : options.port;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  let stopping: Promise<void> | undefined;
  return {
    url: `http://${host}:${port}`,
    stop: () => {
      stopping ??= new Promise((resolve) => {
        const force = setTimeout(() => server.closeAllConnections(), GRACE_MS);
        server.close(() => {
          clearTimeout(force);
          resolve();
        });
        server.closeIdleConnections();
      });
      return stopping;
    },
  };
}

async function route(request: IncomingMessage, response: ServerResponse, options: HttpServerOptions): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0];
  if (path === '/v1/events') return handleEvents(request, response, options);
  if (path === '/healthz' && (request.method === 'GET' || request.method === 'HEAD'))
    return handleHealth(response, options);
  if (options.slackListener !== undefined) {
    options.slackListener(request, response);
    return;
  }
  throw new SeepassError('not_found', 'There is nothing here.', { fix: 'Send events to POST /v1/events.' });
}

async function handleEvents(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpServerOptions,
): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    return answer(response, 405, { error: 'method_not_allowed', reason: 'Send events with POST.' });
  }
  authorize(request, options.ingestToken);
  const type = request.headers['content-type'] ?? 'application/json';
  if (!READABLE.test(type))
    return answer(response, 415, {
      error: 'unsupported_type',
      reason: 'Send application/json or application/x-ndjson.',
    });
  if (request.headers['content-encoding'] !== undefined && request.headers['content-encoding'] !== 'identity')
    return answer(response, 415, { error: 'unsupported_encoding', reason: 'Send the body unpacked.' });
  const records = recordsOf(await readBody(request, BODY_LIMIT));
  const report = await options.ingest(records);
  // Good records beside bad ones are stored; only a delivery without a good one is an error.
  const useless = report.read > 0 && report.stored + report.duplicates === 0;
  answer(response, useless ? 422 : 200, report);
}

async function handleHealth(response: ServerResponse, options: HttpServerOptions): Promise<void> {
  await options.readiness();
  answer(response, 200, { status: 'ok' });
}

function authorize(request: IncomingMessage, expected: string | undefined): void {
  if (expected === undefined)
    throw new SeepassError('forbidden', 'This server takes no events.', {
      fix: 'Set SEEPASS_INGEST_TOKEN and restart it.',
    });
  const sent = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (sent === undefined)
    throw new SeepassError('unauthorized', 'The token is missing.', {
      fix: 'Send "Authorization: Bearer <SEEPASS_INGEST_TOKEN>".',
    });
  if (!timingSafeEqual(digest(sent), digest(expected)))
    throw new SeepassError('unauthorized', 'The token is wrong.', {
      fix: 'It must be the value of SEEPASS_INGEST_TOKEN.',
    });
}

/** Equal lengths, so that comparing takes the same time whatever was sent. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function answerError(response: ServerResponse, error: unknown, log: Log): void {
  const known = error instanceof SeepassError ? error : undefined;
  if (known === undefined || STATUS[known.code] >= 500)
    log.error({ error: error instanceof Error ? error.message : String(error) }, 'A request failed');
  if (known?.code === 'unauthorized') response.setHeader('www-authenticate', 'Bearer');
  if (known?.code === 'database_unavailable') response.setHeader('retry-after', '10');
  const reason = known?.line ?? 'Something went wrong inside Seepass. Try again; its log says more.';
  answer(response, known === undefined ? 500 : STATUS[known.code], { error: known?.code ?? 'internal', reason });
}

function answer(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent || response.destroyed) return;
  // A body that was not read to its end would be taken for the next request.
  if (!response.req.complete) response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(`${JSON.stringify(body)}\n`);
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

function listenFault(error: Error & { code?: string }, { host, port }: HttpServerOptions): SeepassError {
  switch (error.code) {
    case 'EADDRINUSE':
      return new SeepassError('port_in_use', `Port ${port} on ${host} is in use.`, {
        fix: 'Stop what uses it, or set SEEPASS_HTTP_PORT to another port.',
        cause: error,
      });
    case 'EACCES':
      return new SeepassError('bad_config', `Port ${port} may not be opened by this user.`, {
        fix: 'Set SEEPASS_HTTP_PORT to 1024 or more.',
        cause: error,
      });
    default:
      return new SeepassError(
        'bad_config',
        `The server cannot listen on ${host}:${port} (${error.code ?? 'unknown fault'}).`,
        { fix: 'Set SEEPASS_HTTP_HOST to an address of this machine.', cause: error },
      );
  }
}
