/** OAuth 2.0 client credentials (RFC 6749, 4.4): the one POST besides searches, and it tells nothing but who asks. */
import { z } from 'zod';
import { ToolTrouble } from '../pipeline/backfill/tool-trouble.ts';
import type { Clock } from '../pipeline/ports.ts';
import { waitAsked } from './retry-after.ts';

export interface ClientCredentialsOptions {
  tool: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  /** What to check when it refuses them. */
  credentials: string;
  clock: Clock;
}

const TIMEOUT_MS = 30_000;
const RETRY_MS = 5_000;
/** Taken off a token's life, so that it does not end on the way. */
const MARGIN_MS = 60_000;

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().min(0).default(3_600) });

/** The header `authorization`: with the token that holds, or a new one where it has ended or was refused. */
export function createClientCredentials(options: ClientCredentialsOptions): (refused: boolean) => Promise<string> {
  const { clock } = options;
  let token: { header: string; until: number } | undefined;
  let asking: Promise<string> | undefined;

  async function renew(): Promise<string> {
    const { access_token, expires_in } = await askForToken(options);
    token = { header: `Bearer ${access_token}`, until: clock() + expires_in * 1_000 - MARGIN_MS };
    return token.header;
  }

  return (refused) => {
    if (!refused && token !== undefined && token.until > clock()) return Promise.resolve(token.header);
    // Whoever asks meanwhile gets the same new one.
    asking ??= renew().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}

async function askForToken(options: ClientCredentialsOptions): Promise<z.infer<typeof tokenSchema>> {
  const { tool, tokenUrl, clientId, clientSecret, credentials, clock } = options;
  const trouble = (message: string, fix: string, status: number | null, retryAfterMs: number | null, cause?: unknown) =>
    new ToolTrouble(message, { fix, status, retryAfterMs, cause });
  let response: Response;
  try {
    response = await fetch(tokenUrl, {
      method: 'POST',
      headers: { accept: 'application/json', 'user-agent': 'Seepass' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw trouble(`${tool} could not be reached.`, 'Try again.', null, RETRY_MS, cause);
  }
  const { status } = response;
  const answer: unknown = await response.json().catch(() => null);
  if (status === 429 || status >= 500) {
    const wait = waitAsked(response.headers, clock()) ?? RETRY_MS;
    throw trouble(`${tool} gave no token (HTTP ${status}).`, 'Try again.', status, wait);
  }
  if (!response.ok) throw trouble(`${tool} refused the credentials.`, `Check ${credentials}.`, status, null);
  const parsed = tokenSchema.safeParse(answer);
  if (!parsed.success) throw trouble(`${tool} answered without a token.`, 'Try again.', status, RETRY_MS);
  return parsed.data;
}
