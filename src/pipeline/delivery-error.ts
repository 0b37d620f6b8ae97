import { SeepassError } from '../errors.ts';

/**
 * What is known of a message that could not be confirmed:
 * `retryable` was certainly not posted; `permanent` will never be accepted as it is;
 * `ambiguous` may have been posted (a lost answer, a server fault), so look before posting again;
 * `unknowable` may have been posted, and nobody can look.
 */
export type DeliveryFailure = 'retryable' | 'permanent' | 'ambiguous' | 'unknowable';

/**
 * Whom a refusal concerns: that message alone, the message it belongs to (people deleted it), its channel (left,
 * archived, gone), or the app in the whole workspace (its token was revoked).
 */
export type DeliveryBlame = 'message' | 'parent' | 'channel' | 'workspace';

/** Why a message was not confirmed, in words that name the fix and hold no secret. */
export class DeliveryError extends SeepassError {
  readonly failure: DeliveryFailure;
  readonly blames: DeliveryBlame;
  /** The platform's own code, such as `channel_not_found`; null when it did not answer. */
  readonly reason: string | null;
  /** How long the platform asked to wait, in milliseconds. */
  readonly retryAfterMs: number | null;

  constructor(
    failure: DeliveryFailure,
    message: string,
    options: { fix?: string; cause?: unknown; reason?: string; retryAfterMs?: number; blames?: DeliveryBlame } = {},
  ) {
    super('slack_unavailable', message, options);
    this.name = 'DeliveryError';
    this.failure = failure;
    this.blames = options.blames ?? 'message';
    this.reason = options.reason ?? null;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
