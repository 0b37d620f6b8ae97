/** Reading requests and writing answers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SeepassError } from '../errors.ts';

const MOST_BYTES = 16 * 1024 * 1024;

/** @throws SeepassError `too_large` */
export async function readBody(request: IncomingMessage, most = MOST_BYTES): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) throw new SeepassError('too_large', `A request may be ${most} bytes at most.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export const isForm = (request: IncomingMessage): boolean =>
  (request.headers['content-type'] ?? '').startsWith('multipart/form-data');

/** The fields of a multipart form. */
export async function readForm(request: IncomingMessage, most?: number): Promise<FormData> {
  const type = request.headers['content-type'] ?? '';
  const body = await readBody(request, most);
  return new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

/** Another site open in the same browser must not act in the workspace. */
export function isForeign(request: IncomingMessage): boolean {
  const origin = request.headers.origin;
  return origin !== undefined && new URL(origin).host !== request.headers.host;
}
