/** The official Web API client, set up for tests: no retries of its own, no prints, and refusals as values. */
import { type Logger, LogLevel, WebClient } from '@slack/web-api';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';

const nothing = () => {};

/** Refusals are what these tests are about; the client need not print them. */
export const silent: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};

export const clientOf = (sandbox: Sandbox, token: string | undefined = sandbox.botToken): WebClient =>
  new WebClient(token, {
    slackApiUrl: sandbox.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
  });

export interface Refused extends Record<string, unknown> {
  error: string;
}

const isRefused = (data: unknown): data is Refused => typeof data === 'object' && data !== null && 'error' in data;

/** What Slack said no with. @throws Error when it said yes */
export async function refusal(call: Promise<unknown>): Promise<Refused> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && 'data' in error && isRefused(error.data)) return error.data;
    throw error;
  }
  throw new Error('it was taken');
}

/** The value at a dotted path, `[]` meaning the first of a list; undefined where there is nothing. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((found, step) => {
    const isList = step.endsWith('[]');
    const key = isList ? step.slice(0, -2) : step;
    const inner =
      typeof found === 'object' && found !== null
        ? Object.entries(found).find(([name]) => name === key)?.[1]
        : undefined;
    return isList && Array.isArray(inner) ? inner[0] : inner;
  }, value);
}
