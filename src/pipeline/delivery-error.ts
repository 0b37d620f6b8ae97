import { SeepassError } from '../errors.ts';

/**
 * What is known of a message that could not be confirmed:
 * `retryable` was certainly not posted; `permanent` will never be accepted as it is;
 * `ambiguous` may have been posted (a lost answer, a server fault), so look before posting again.
 */
export type DeliveryFailure = 'retryable' | 'permanent' | 'ambiguous';

/** Why a message was not confirmed, in words that name the fix and hold no secret. */
export class DeliveryError extends SeepassError {
  readonly failure: DeliveryFailure;
  /** The platform's own code, such as `channel_not_found`; null when it did not answer. */
  readonly reason: string | null;
  /** How long the platform asked to wait, in milliseconds. */
  readonly retryAfterMs: number | null;

  constructor(
    failure: DeliveryFailure,
    message: string,
    options: { fix?: string; cause?: unknown; reason?: string; retryAfterMs?: number } = {},
  ) {
    super('slack_unavailable', message, options);
    this.name = 'DeliveryError';
    this.failure = failure;
    this.reason = options.reason ?? null;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
