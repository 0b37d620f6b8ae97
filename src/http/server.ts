import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SeepassError } from '../errors.ts';
import type { Log } from '../pipeline/ports.ts';
import { answer, answerError } from './answer.ts';
import { type EventsDoor, handleEvents } from './events.ts';
import { createWebhookHandler, type WebhookDoor, type WebhookHandler } from './webhooks.ts';

export interface HttpServerOptions extends EventsDoor {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly webhooks: WebhookDoor;
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

const GRACE_MS = 5_000;
/** Who sends a header a second holds a connection, and nothing else, for this long. */
const HEADERS_MS = 10_000;
const CHECK_MS = 5_000;

/**
 * Serves POST /v1/events, POST /webhooks/:source and GET /healthz.
 * @throws SeepassError `port_in_use`, or `bad_config` for a host that is not ours.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const webhooks = createWebhookHandler(options.webhooks);
  const server = createServer({ connectionsCheckingInterval: CHECK_MS }, (request, response) => {
    route(request, response, options, webhooks).catch((error: unknown) => answerError(response, error, options.log));
  });
  server.requestTimeout = 60_000;
  server.headersTimeout = HEADERS_MS;
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

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpServerOptions,
  webhooks: WebhookHandler,
): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  if (path === '/v1/events') return handleEvents(request, response, options);
  const source = /^\/webhooks\/([^/]*)\/?$/.exec(path)?.[1];
  if (source !== undefined) return webhooks(request, response, source);
  if (path === '/healthz' && (request.method === 'GET' || request.method === 'HEAD'))
    return handleHealth(response, options);
  if (options.slackListener !== undefined) {
    options.slackListener(request, response);
    return;
  }
  throw new SeepassError('not_found', 'There is nothing here.', { fix: 'Send events to POST /v1/events.' });
}

async function handleHealth(response: ServerResponse, options: HttpServerOptions): Promise<void> {
  await options.readiness();
  answer(response, 200, { status: 'ok' });
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
