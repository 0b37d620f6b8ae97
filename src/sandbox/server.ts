/** The workspace's HTTP server: Web API, response URLs, files, the page and its door. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { SeepassError } from '../errors.ts';
import { drawAvatar } from './avatar.ts';
import type { Control } from './control.ts';
import { answerControl, CONTROL_PATH } from './control-route.ts';
import { SOCKET_PATH, type SocketModeDelivery } from './delivery/socket-mode.ts';
import { isForeign, isForm, readBody, readForm, sendJson, urlOf } from './http.ts';
import type { JsonRecord } from './json.ts';
import { LIVE_PATH, type PageApi } from './page-api.ts';
import { answerPage } from './page-routes.ts';
import { SlackRefusal } from './refusal.ts';
import { RESPONSE_PATH, type ResponseUrls } from './response-url.ts';
import { PRIVATE_FILES_PATH } from './state/file-store.ts';
import type { Workspace } from './state/workspace.ts';
import { readPageFile } from './static-page.ts';
import { type ApiContext, dispatch } from './web-api/dispatch.ts';

const FOREIGN = 'Another web site may not use the workspace. Open it as http://127.0.0.1 or http://localhost.';
/** Apps show pictures and link from anywhere; code and connections are the page's own. */
const PAGE_POLICY =
  "default-src 'self'; connect-src 'self' ws:; img-src * data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; " +
  "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface ServerParts {
  api: ApiContext;
  workspace: Workspace;
  responses: ResponseUrls;
  page: PageApi;
  control: Control;
  pageFolder: string;
  /** Absent where events travel over signed HTTP. */
  socketMode: SocketModeDelivery | undefined;
}

async function answerApi(parts: ServerParts, url: URL, request: IncomingMessage, response: ServerResponse) {
  const answer = await dispatch(parts.api, {
    method: url.pathname.slice('/api/'.length),
    query: url.searchParams,
    contentType: request.headers['content-type'] ?? '',
    authorization: request.headers.authorization,
    body: await readBody(request),
  });
  if (answer.delayMs > 0) await delay(answer.delayMs, undefined, { ref: false });
  if (answer.isDropped) request.socket.destroy();
  else sendJson(response, answer.status, answer.body, answer.headers);
}

/** The raw body, or the first file of a multipart form. */
async function uploadedBytes(request: IncomingMessage): Promise<Buffer> {
  if (!isForm(request)) return readBody(request);
  for (const [, part] of await readForm(request))
    if (typeof part !== 'string') return Buffer.from(await part.arrayBuffer());
  return Buffer.alloc(0);
}

async function takeUpload(parts: ServerParts, id: string, request: IncomingMessage, response: ServerResponse) {
  const file = parts.workspace.files.find(id);
  if (file === undefined) return sendJson(response, 404, { ok: false, error: 'file_not_found' });
  file.content = await uploadedBytes(request);
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.end(`OK - ${file.content.length}`);
}

/** A private file: for the app with its token and `files:read`; anybody else is sent to sign in, as by Slack. */
function sendPrivateFile(parts: ServerParts, id: string, request: IncomingMessage, response: ServerResponse): void {
  const { botToken, scopes } = parts.api;
  if (request.headers.authorization === `Bearer ${botToken}` && scopes.has('files:read')) {
    sendFile(parts, id, response);
    return;
  }
  response.writeHead(302, { location: `/?redir=${encodeURIComponent(request.url ?? '/')}` });
  response.end();
}

function sendAvatar(parts: ServerParts, name: string, response: ServerResponse): void {
  const picture = drawAvatar(name.replace(/\.svg$/, ''), parts.workspace);
  response.writeHead(picture === undefined ? 404 : 200, { 'content-type': 'image/svg+xml' });
  response.end(picture);
}

function sendFile(parts: ServerParts, id: string, response: ServerResponse): void {
  const file = parts.workspace.files.find(id);
  if (file === undefined) {
    sendJson(response, 404, { ok: false, error: 'file_not_found' });
    return;
  }
  response.writeHead(200, {
    'content-type': file.mimetype,
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  });
  response.end(file.content);
}

async function sendPage(parts: ServerParts, path: string, response: ServerResponse): Promise<void> {
  const file = await readPageFile(parts.pageFolder, path);
  if (file === undefined) {
    response.writeHead(path.startsWith('/assets/') ? 404 : 503, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('The page is not built yet: run `npm run build`.');
    return;
  }
  const cache = file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache';
  response.writeHead(200, {
    'content-type': file.type,
    'cache-control': cache,
    'content-security-policy': PAGE_POLICY,
    'x-content-type-options': 'nosniff',
  });
  response.end(file.content);
}

async function route(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = urlOf(request);
  if (isForeign(request)) return sendJson(response, 403, { ok: false, error: 'foreign_origin', detail: FOREIGN });
  const [, first = '', second = ''] = url.pathname.split('/');
  if (first === 'api') return answerApi(parts, url, request, response);
  if (url.pathname.startsWith(RESPONSE_PATH)) {
    const { status, body } = parts.responses.receive(second, (await readBody(request)).toString('utf8'));
    return sendJson(response, status, body);
  }
  if (first === 'upload') return takeUpload(parts, second, request, response);
  if (first === 'files') return sendFile(parts, second, response);
  if (url.pathname.startsWith(PRIVATE_FILES_PATH)) return sendPrivateFile(parts, second, request, response);
  if (first === 'avatars') return sendAvatar(parts, second, response);
  if (url.pathname === CONTROL_PATH) return answerControl(parts.control, request, response);
  if (first === 'sandbox') return answerPage(parts.page, url, request, response);
  return sendPage(parts, url.pathname, response);
}

function answerFault(parts: ServerParts, error: unknown, response: ServerResponse): void {
  if (response.headersSent) return;
  const answer = (status: number, body: JsonRecord) => sendJson(response, status, { ok: false, ...body });
  if (error instanceof SlackRefusal) answer(400, { error: error.code, ...error.details });
  else if (error instanceof z.ZodError) answer(400, { error: 'invalid_arguments', detail: z.prettifyError(error) });
  else if (error instanceof SeepassError) answer(413, { error: error.code, detail: error.message });
  else {
    parts.api.log?.error({ cause: error }, 'sandbox could not answer');
    answer(500, { error: 'internal_error', detail: error instanceof Error ? error.message : String(error) });
  }
}

/** Listens; resolves with the server and where it is. @throws SeepassError `port_in_use` */
export async function listen(
  parts: ServerParts,
  host: string,
  port: number,
): Promise<{ server: Server; origin: string }> {
  const server = createServer((request, response) => {
    route(parts, request, response).catch((error: unknown) => answerFault(parts, error, response));
  });
  server.on('upgrade', (request, socket, head) => {
    const path = urlOf(request).pathname;
    if (isForeign(request)) socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
    else if (path === SOCKET_PATH && parts.socketMode !== undefined)
      parts.socketMode.handleUpgrade(request, socket, head);
    else if (path === LIVE_PATH) parts.page.handleUpgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      const fault = new SeepassError('port_in_use', `The workspace cannot listen on ${host}:${port} (${error.code}).`, {
        fix: 'Choose another port, or 0 for any free one.',
        cause: error,
      });
      reject(isTaken ? fault : error);
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return { server, origin: `http://${shown.includes(':') ? `[${shown}]` : shown}:${actual}` };
}
