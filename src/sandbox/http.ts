/** Reading requests and writing answers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { SeepassError } from '../errors.ts';
import { SlackRefusal } from './refusal.ts';

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

/** The fields of a multipart form. @throws SlackRefusal `invalid_form_data` */
export async function readFields(body: Buffer, contentType: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new SlackRefusal('invalid_form_data');
  }
}

/** The fields of a request with a multipart form. @throws SlackRefusal `invalid_form_data` */
export async function readForm(request: IncomingMessage, most?: number): Promise<FormData> {
  return readFields(await readBody(request, most), request.headers['content-type'] ?? '');
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

/** What is asked for; `/` where that makes no sense. */
export function urlOf(request: IncomingMessage): URL {
  const url = `http://sandbox${request.url ?? '/'}`;
  return URL.canParse(url) ? new URL(url) : new URL('http://sandbox/');
}

/** A name nobody on the Internet can point at this machine: an address, localhost, or a name without a dot. */
function isLocalName(host: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const name = new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '');
  return isIP(name) > 0 || !name.includes('.') || name.endsWith('.localhost');
}

/**
 * Another site open in the same browser must not act in the workspace: not from its own address (Origin), and not by
 * pointing its own name at this machine (Host). Apps and command lines send no Origin.
 */
export function isForeign({ headers: { origin, host = '' } }: IncomingMessage): boolean {
  if (!isLocalName(host)) return true;
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== new URL(`http://${host}`).host);
}
