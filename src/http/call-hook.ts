/** Calls the addresses a workspace declared: signed, one at a time, no redirects. What it says back is a stranger's text. */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { HookCaller } from '../core/action-io.ts';
import type { ActionContext, ActionResult, Reconciled } from '../core/actions.ts';
import { redact } from '../core/text/redact.ts';

export interface HookCallerOptions {
  /** The secret a hook is signed with. */
  secretOf(hook: string): string | undefined;
}

const LONGEST_ANSWER = 64_000;
const LONGEST_SUMMARY = 300;
/** Nothing was sent: the other side was never reached. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
/** Also what answers a call that was done with a page to look at (RFC 9110, 15.4.4), or one that was not with a login. */
const LOOK_ELSEWHERE = new Set([301, 302, 303]);
const RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 3_600_000;

/** Everything in an answer is optional; what is none of these is left out. */
const answerSchema = z.object({
  summary: z.string().optional().catch(undefined),
  link: z
    .url({ protocol: /^https$/ })
    .max(2_000)
    .optional()
    .catch(undefined),
  id: z
    .union([z.string().max(200), z.number()])
    .optional()
    .catch(undefined),
});

/**
 * A call is signed as `t=<epoch seconds>,v1=<hex>`: HMAC-SHA-256 under the hook's secret over "<t>.<body>", whose body
 * holds the key, in the header `x-seepass-signature`; a question, which has no body, over "<t>.<key>". `idempotency-key`
 * carries the key of both.
 */
export function createHookCaller({ secretOf }: HookCallerOptions): HookCaller {
  return {
    hasSecret: (hook) => secretOf(hook) !== undefined,

    async call({ hook, url, body }, context) {
      const text = JSON.stringify(body);
      const headers = { ...signed(secretOf(hook), text, context), 'content-type': 'application/json' };
      const response = await reach(url, { method: 'POST', headers, body: text }, context);
      return response === null ? notReached(url) : readResult(response, url);
    },

    async ask({ hook, url }, context) {
      const address = new URL(url);
      address.searchParams.set('key', context.idempotencyKey);
      const headers = signed(secretOf(hook), context.idempotencyKey, context);
      const response = await reach(address.href, { headers }, context);
      return response === null ? { kind: 'unknown' } : readStatus(response);
    },
  };
}

/** @param text what the signature covers beside the time. */
function signed(secret: string | undefined, text: string, { at, idempotencyKey }: ActionContext) {
  if (secret === undefined) throw new Error('a hook without a secret is never called');
  const seconds = Math.floor(at / 1_000);
  const mark = createHmac('sha256', secret).update(`${seconds}.${text}`).digest('hex');
  return {
    'x-seepass-signature': `t=${seconds},v1=${mark}`,
    'idempotency-key': idempotencyKey,
    accept: 'application/json',
    'user-agent': 'Seepass',
  };
}

/** Null where nothing was sent; throws where nobody knows. */
async function reach(url: string, request: RequestInit, { signal }: ActionContext): Promise<Response | null> {
  try {
    return await fetch(url, { ...request, redirect: 'manual', signal });
  } catch (error) {
    if (NEVER_SENT.has(codeOf(error))) return null;
    throw error;
  }
}

async function readResult(response: Response, url: string): Promise<ActionResult> {
  const { status } = response;
  const host = new URL(url).host;
  const answer = await readAnswer(response);
  if (status >= 200 && status < 300) {
    const summary = wordsOf(answer.summary) ?? `${host} accepted it (HTTP ${status}).`;
    return { kind: 'done', summary, link: answer.link ?? null, details: { status, id: answer.id ?? null } };
  }
  // It may have begun before it broke: only the other side knows.
  if ((status >= 500 && status !== 503) || LOOK_ELSEWHERE.has(status))
    throw new Error(`${host} answered HTTP ${status}`);
  const said = wordsOf(answer.summary);
  const words = `${host} refused it with HTTP ${status}${said === null ? '.' : `: ${said}`}`;
  return { kind: 'not_done', words, retryAfterMs: status === 429 || status === 503 ? retryAfter(response) : null };
}

/** `{"state":"done","summary"?,"link"?}` or `{"state":"absent"}`; anything else says nothing. */
async function readStatus(response: Response): Promise<Reconciled> {
  const { status } = response;
  const text = await readText(response);
  if (status === 404) return { kind: 'absent' };
  if (status !== 200) return { kind: 'unknown' };
  const parsed = answerSchema.extend({ state: z.enum(['done', 'absent']) }).safeParse(parseJson(text));
  if (!parsed.success) return { kind: 'unknown' };
  const { state, summary, link, id } = parsed.data;
  if (state === 'absent') return { kind: 'absent' };
  const words = wordsOf(summary) ?? 'The other side says that it was done.';
  return { kind: 'done', summary: words, link: link ?? null, details: { status, id: id ?? null } };
}

async function readAnswer(response: Response): Promise<z.infer<typeof answerSchema>> {
  const parsed = answerSchema.safeParse(parseJson(await readText(response)));
  return parsed.success ? parsed.data : {};
}

/** At most as much as an answer may hold; what breaks off says nothing more, the status stands. */
async function readText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of response.body ?? []) {
      size += part.byteLength;
      if (size > LONGEST_ANSWER) break;
      parts.push(part);
    }
  } catch {
    return '';
  }
  return size > LONGEST_ANSWER ? '' : Buffer.concat(parts).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function wordsOf(summary: string | undefined): string | null {
  const words = redact((summary ?? '').slice(0, 2 * LONGEST_SUMMARY))
    .replace(/\s+/g, ' ')
    .trim();
  return words === '' ? null : words.slice(0, LONGEST_SUMMARY);
}

const notReached = (url: string): ActionResult => ({
  kind: 'not_done',
  words: `${new URL(url).host} could not be reached.`,
  retryAfterMs: RETRY_MS,
});

function retryAfter(response: Response): number {
  const seconds = Number(response.headers.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1_000, LONGEST_RETRY_MS) : RETRY_MS;
}

function codeOf(error: unknown): string {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : undefined;
  return typeof code === 'string' ? code : '';
}
