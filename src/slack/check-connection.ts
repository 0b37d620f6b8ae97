import { WebClient } from '@slack/web-api';
import { z } from 'zod';

/** What Slack itself says of our tokens; nothing here is a secret. */
export interface SlackConnection {
  /** Team and bot name, or null when the bot token was refused. */
  readonly team: string | null;
  readonly bot: string | null;
  /** Scopes the installed app has; empty when Slack did not say. */
  readonly scopes: readonly string[];
  /** Slack's error code for the bot token, or null. */
  readonly botTokenError: string | null;
  /** Slack's error code for the app-level token, or null; undefined when there was none to try. */
  readonly appTokenError: string | null | undefined;
  /** Our clock minus Slack's in milliseconds, to the second; null when Slack sent no date. */
  readonly clockSkewMs: number | null;
}

/** Calls Slack once per token, without retries. @throws when Slack cannot be reached at all. */
export async function checkSlackConnection(
  { botToken, appToken, apiUrl }: { botToken: string; appToken: string | undefined; apiUrl: string },
  clock: () => number,
): Promise<SlackConnection> {
  const options = { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: 5_000 };
  const probe = await fetch(new URL('api.test', apiUrl), { method: 'POST', signal: AbortSignal.timeout(5_000) });
  const date = Date.parse(probe.headers.get('date') ?? '');
  const clockSkewMs = Number.isNaN(date) ? null : clock() - date;

  const bot = new WebClient(botToken, options);
  const authenticated = await bot.auth.test().catch(refusal);
  let appTokenError: string | null | undefined;
  if (appToken !== undefined) {
    const opened = await new WebClient(appToken, options).apps.connections.open().catch(refusal);
    appTokenError = typeof opened === 'string' ? opened : null;
  }
  if (typeof authenticated === 'string')
    return { team: null, bot: null, scopes: [], botTokenError: authenticated, appTokenError, clockSkewMs };
  return {
    team: authenticated.team ?? null,
    bot: authenticated.user ?? null,
    scopes: authenticated.response_metadata?.scopes ?? [],
    botTokenError: null,
    appTokenError,
    clockSkewMs,
  };
}

const platformErrorSchema = z.object({ data: z.object({ error: z.string() }) });

/** Slack's own code where Slack answered; everything else is not ours to swallow. */
function refusal(error: unknown): string {
  const parsed = platformErrorSchema.safeParse(error);
  if (parsed.success) return parsed.data.data.error;
  throw error;
}
