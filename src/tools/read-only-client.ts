/** Asks a tool's API, and never tells it anything: GET, and the one kind of POST that is documented as a search. */
import type { JsonObject } from '../core/records.ts';
import { ToolTrouble } from '../pipeline/backfill/tool-trouble.ts';
import type { Clock } from '../pipeline/ports.ts';
import { waitAsked } from './retry-after.ts';

export interface ReadRequest {
  /** Begins with a slash; ids in it are checked by who makes it. */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** The body of a search. */
  search?: JsonObject;
}

export interface ToolAnswer {
  /** JSON of any shape. */
  body: unknown;
  headers: Headers;
}

/** @throws ToolTrouble when the tool does not answer, or refuses. */
export type ReadTool = (request: ReadRequest) => Promise<ToolAnswer>;

export interface ReadOnlyClientOptions {
  /** As people call it. */
  tool: string;
  /** Without a slash at the end. */
  baseUrl: string;
  /** The header `authorization`. @param refused true where the last one was refused: a new one is wanted. */
  authorise(refused: boolean): Promise<string>;
  /** False where another credential cannot be had. */
  renewable: boolean;
  /** What to check when it refuses the credential. */
  credentials: string;
  headers?: Readonly<Record<string, string>>;
  clock: Clock;
}

const LONGEST_ANSWER = 50_000_000;
const TIMEOUT_MS = 60_000;
const RETRY_MS = 5_000;

/** A client that, once told to wait, asks nothing until then: what asks it meanwhile is told how long that is. */
export function createReadOnlyClient(options: ReadOnlyClientOptions): ReadTool {
  const { tool, clock, renewable } = options;
  let notBefore = 0;

  async function ask(request: ReadRequest, refused: boolean): Promise<Response> {
    const authorization = await options.authorise(refused);
    try {
      return await fetch(addressOf(options.baseUrl, request), {
        method: request.search === undefined ? 'GET' : 'POST',
        headers: {
          ...{ accept: 'application/json', 'user-agent': 'Seepass', ...options.headers, authorization },
          ...(request.search === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(request.search === undefined ? {} : { body: JSON.stringify(request.search) }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (cause) {
      throw new ToolTrouble(`${tool} could not be reached.`, {
        fix: 'Try again; see whether its address is right.',
        retryAfterMs: RETRY_MS,
        cause,
      });
    }
  }

  return async (request) => {
    if (notBefore > clock()) throw tooSoon(tool, notBefore - clock());
    let response = await ask(request, false);
    if (response.status === 401 && renewable) {
      await response.body?.cancel();
      response = await ask(request, true);
    }
    if (response.ok) return { body: await readJson(response, tool), headers: response.headers };
    await response.body?.cancel();
    const { status, headers } = response;
    const wait = waitAsked(headers, clock());
    if (status !== 429 && status !== 503) throw refusal(options, status);
    notBefore = clock() + (wait ?? RETRY_MS);
    throw tooSoon(tool, wait ?? RETRY_MS, status);
  };
}

function addressOf(baseUrl: string, { path, query = {} }: ReadRequest): string {
  const asked = new URLSearchParams(query).toString();
  return `${baseUrl}${path}${asked === '' ? '' : `?${asked}`}`;
}

function tooSoon(tool: string, retryAfterMs: number, status: number | null = null): ToolTrouble {
  const seconds = Math.ceil(retryAfterMs / 1_000);
  return new ToolTrouble(`${tool} takes no more questions for ${seconds} s.`, {
    fix: 'Try again then.',
    retryAfterMs,
    status,
  });
}

function refusal({ tool, credentials }: ReadOnlyClientOptions, status: number): ToolTrouble {
  if (status === 401)
    return new ToolTrouble(`${tool} refused the credential.`, { fix: `Check ${credentials}.`, status });
  if (status === 403)
    return new ToolTrouble(`${tool} does not let that credential read this.`, {
      fix: `Give the credential in ${credentials} the right to read.`,
      status,
    });
  if (status >= 500)
    return new ToolTrouble(`${tool} answered HTTP ${status}.`, { fix: 'Try again.', status, retryAfterMs: RETRY_MS });
  return new ToolTrouble(`${tool} refused to answer (HTTP ${status}).`, {
    fix: `Check ${credentials} and the address.`,
    status,
  });
}

/** At most as much as an answer may hold; what breaks off, or is no JSON, is asked for again. */
async function readJson(response: Response, tool: string): Promise<unknown> {
  const broken = (cause: unknown) =>
    new ToolTrouble(`An answer of ${tool} broke off.`, { fix: 'Try again.', retryAfterMs: RETRY_MS, cause });
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of response.body ?? []) {
      size += part.byteLength;
      if (size > LONGEST_ANSWER) break;
      parts.push(part);
    }
    if (size <= LONGEST_ANSWER) return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch (cause) {
    throw broken(cause);
  }
  throw new ToolTrouble(`An answer of ${tool} is longer than ${LONGEST_ANSWER / 1e6} MB.`, {
    fix: 'Ask for a later --since.',
  });
}
