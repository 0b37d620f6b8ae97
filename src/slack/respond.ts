import { DeliveryError } from '../pipeline/delivery-error.ts';
import { messageParameters } from './messenger.ts';
import { sendSimplerIfRefused } from './send-simpler.ts';
import type { Rendered } from './views/notice.ts';
import { toDeliveryError } from './web-call.ts';

const TIMEOUT_MS = 10_000;

/** How an answer through a response_url appears. */
export type ResponseMode =
  /** Only the person who asked sees it. */
  | 'ephemeral'
  /** Everyone in the channel sees it. */
  | 'in_channel'
  /** Takes the place of the message the button was on. */
  | 'replace';

/**
 * Answers through a command's or button's response_url, which Slack honours five times in 30 minutes.
 * @throws DeliveryError when Slack does not take it.
 */
export async function respondTo(url: string, message: Rendered, mode: ResponseMode): Promise<void> {
  await sendSimplerIfRefused(message, (one) =>
    send(url, {
      ...messageParameters(one),
      response_type: mode === 'in_channel' ? 'in_channel' : 'ephemeral',
      replace_original: mode === 'replace',
    }),
  );
}

async function send(url: string, body: Record<string, unknown>): Promise<void> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    throw toDeliveryError(error, 'response_url');
  }
  if (response.ok) return;
  const reason = (await response.text().catch(() => '')).slice(0, 200);
  if (response.status === 400 && reason.includes('invalid_blocks'))
    throw new DeliveryError('permanent', 'Slack refused the blocks of an answer.', { reason: 'invalid_blocks' });
  throw toDeliveryError(new Error(`HTTP ${response.status} ${reason}`), 'response_url');
}
