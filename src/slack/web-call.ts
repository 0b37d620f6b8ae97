import { ErrorCode, type WebAPICallResult, type WebClient } from '@slack/web-api';
import { type DeliveryBlame, DeliveryError } from '../pipeline/delivery-error.ts';

/** What a refusal means, whom it concerns and what to do about it; anything not listed is that message's own fault. */
const REFUSALS: Readonly<Record<string, { says: string; fix?: string; blames?: DeliveryBlame }>> = {
  channel_not_found: {
    says: 'Slack does not know that channel, or Seepass may not see it.',
    fix: 'Check SEEPASS_CHANNEL, and invite Seepass to the channel with /invite.',
    blames: 'channel',
  },
  not_in_channel: {
    says: 'Seepass is not a member of that channel.',
    fix: 'Invite it there with /invite @Seepass.',
    blames: 'channel',
  },
  is_archived: {
    says: 'That channel is archived.',
    fix: 'Take it out of the archive, or choose another one.',
    blames: 'channel',
  },
  user_not_found: { says: 'Slack does not know that person.', fix: 'Choose somebody else.', blames: 'channel' },
  user_disabled: { says: 'That person has left the workspace.', fix: 'Choose somebody else.', blames: 'channel' },
  invalid_auth: {
    says: 'Slack refused the token.',
    fix: 'Check SLACK_BOT_TOKEN and SLACK_APP_TOKEN.',
    blames: 'workspace',
  },
  not_authed: {
    says: 'Slack got no token.',
    fix: 'Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN.',
    blames: 'workspace',
  },
  token_revoked: {
    says: 'The Slack token was revoked.',
    fix: 'Install the app again and set the new tokens.',
    blames: 'workspace',
  },
  token_expired: {
    says: 'The Slack token has expired.',
    fix: 'Install the app again and set the new tokens.',
    blames: 'workspace',
  },
  account_inactive: {
    says: 'The Slack app was removed.',
    fix: 'Install the app again and set the new tokens.',
    blames: 'workspace',
  },
  missing_scope: {
    says: 'The Slack app lacks a permission.',
    fix: 'Install it again with the scopes of manifest.yml.',
  },
  message_not_found: { says: 'Somebody deleted that message.', blames: 'parent' },
  cant_update_message: { says: 'That message can no longer be changed.', blames: 'parent' },
  edit_window_closed: { says: 'That message can no longer be changed.', blames: 'parent' },
  thread_not_found: { says: 'Somebody deleted the message the thread began with.', blames: 'parent' },
};

/** Slack's own troubles: the call may or may not have been carried out. */
const UNCERTAIN = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);

/** Network errors that mean nothing was sent at all. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/**
 * Calls a Web API method once. Unknown arguments and blocks newer than the SDK's types pass as they are.
 * @throws DeliveryError that says whether the call was carried out, refused, or nobody knows.
 */
export async function callSlack(
  client: WebClient,
  method: string,
  parameters: Record<string, unknown> = {},
): Promise<WebAPICallResult & Record<string, unknown>> {
  try {
    return { ...(await client.apiCall(method, parameters)) };
  } catch (error) {
    throw toDeliveryError(error, method);
  }
}

/** Like `callSlack` for calls that may be repeated without harm: waits out short rate limits and hiccups. */
export async function callSlackAgain(
  client: WebClient,
  method: string,
  parameters: Record<string, unknown> = {},
  attempts = 3,
): Promise<WebAPICallResult & Record<string, unknown>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await callSlack(client, method, parameters);
    } catch (error) {
      const wait = error instanceof DeliveryError ? Math.max(error.retryAfterMs ?? 0, 200 * attempt) : 0;
      const worthIt = error instanceof DeliveryError && error.failure !== 'permanent' && wait <= 30_000;
      if (!worthIt || attempt >= attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** Sorts whatever the SDK threw into retryable, permanent and ambiguous, in words without secrets. */
export function toDeliveryError(error: unknown, method: string): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const code = property(error, 'code');
  if (code === ErrorCode.RateLimitedError) {
    const seconds = Number(property(error, 'retryAfter'));
    return new DeliveryError('retryable', `Slack asked to slow down (${method}).`, {
      reason: 'ratelimited',
      retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : 30_000,
      cause: error,
    });
  }
  if (code === ErrorCode.PlatformError)
    return fromPlatform(String(property(property(error, 'data'), 'error')), method, error);
  if (code === ErrorCode.HTTPError) {
    const status = Number(property(error, 'statusCode'));
    const failure = status >= 500 || status === 408 ? 'ambiguous' : 'permanent';
    return new DeliveryError(failure, `Slack answered ${method} with HTTP ${status}.`, {
      reason: `http_${status}`,
      fix:
        failure === 'ambiguous' ? 'This usually passes; https://slack-status.com tells more.' : 'Check SLACK_API_URL.',
      cause: error,
    });
  }
  return fromNetwork(error, method);
}

function fromPlatform(reason: string, method: string, cause: unknown): DeliveryError {
  if (reason === 'ratelimited' || reason === 'rate_limited') {
    return new DeliveryError('retryable', `Slack asked to slow down (${method}).`, {
      reason,
      retryAfterMs: 30_000,
      cause,
    });
  }
  if (UNCERTAIN.has(reason)) {
    return new DeliveryError('ambiguous', `Slack had a fault of its own during ${method} (${reason}).`, {
      reason,
      cause,
    });
  }
  const known = REFUSALS[reason];
  // A body that is no JSON ends up here as a long text: only a code is quoted.
  const name = /^[a-z0-9_]{1,60}$/.test(reason) ? reason : 'unreadable_answer';
  if (known === undefined)
    return new DeliveryError('permanent', `Slack refused ${method}: ${name}${firstFault(cause)}.`, {
      reason: name,
      cause,
    });
  const { says, fix, blames = 'message' } = known;
  return new DeliveryError('permanent', `${says} (${method}: ${name})`, {
    reason: name,
    blames,
    cause,
    ...(fix === undefined ? {} : { fix }),
  });
}

/** Which block, by Slack's JSON pointer, where it says. */
function firstFault(error: unknown): string {
  const messages = property(property(property(error, 'data'), 'response_metadata'), 'messages');
  const first: unknown = Array.isArray(messages) ? messages[0] : undefined;
  return typeof first === 'string' ? `, ${first.replace('[ERROR] ', '').slice(0, 200)}` : '';
}

function fromNetwork(error: unknown, method: string): DeliveryError {
  const original = property(error, 'original') ?? error;
  const code = String(property(property(original, 'cause'), 'code') ?? property(original, 'code') ?? 'no_answer');
  const sent = !NEVER_SENT.has(code);
  return new DeliveryError(sent ? 'ambiguous' : 'retryable', `Slack did not answer ${method} (${code}).`, {
    reason: code,
    fix: 'Check the network, and SLACK_API_URL if it is set.',
    cause: error,
  });
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
