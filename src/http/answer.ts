import type { ServerResponse } from 'node:http';
import { type ErrorCode, SeepassError } from '../errors.ts';
import type { Log } from '../pipeline/ports.ts';
import { Refusal } from './refusal.ts';

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

/** A fault of ours is logged; nobody outside sees more than its words. */
export function answerError(response: ServerResponse, error: unknown, log: Log): void {
  if (error instanceof Refusal) {
    if (error.retryAfter !== undefined) response.setHeader('retry-after', String(error.retryAfter));
    answer(response, error.status, { error: error.code, reason: error.reason });
    return;
  }
  const known = error instanceof SeepassError ? error : undefined;
  if (known === undefined || STATUS[known.code] >= 500)
    log.error({ error: error instanceof Error ? error.message : String(error) }, 'A request failed');
  if (known?.code === 'unauthorized') response.setHeader('www-authenticate', 'Bearer');
  if (known?.code === 'database_unavailable') response.setHeader('retry-after', '10');
  const reason = known?.line ?? 'Something went wrong inside Seepass. Try again; its log says more.';
  answer(response, known === undefined ? 500 : STATUS[known.code], { error: known?.code ?? 'internal', reason });
}

export function answer(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent || response.destroyed) return;
  // A body that was not read to its end would be taken for the next request.
  if (!response.req.complete) response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(`${JSON.stringify(body)}\n`);
}
