import type { WebClientOptions } from '@slack/web-api';
import type { Log } from '../pipeline/ports.ts';
import { createClientLogger } from './bolt-logger.ts';

/** Slack answers in well under a second; the outbox's lease must be longer than this. */
const CALL_TIMEOUT_MS = 10_000;

/**
 * Options for one Slack client, made anew for each because the SDK writes into the object it is given.
 * The SDK's own retries are off: it would repeat a POST that Slack answered with a 500, and so post twice.
 */
export function createClientOptions(apiUrl: string, log: Log): WebClientOptions {
  return {
    slackApiUrl: apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: CALL_TIMEOUT_MS,
    logger: createClientLogger(log),
  };
}
