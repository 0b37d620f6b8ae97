/** A request that is answered with a status and a short reason, and never stored. */
export class Refusal extends Error {
  readonly status: number;
  /** A stable word for machines. */
  readonly code: string;
  /** What happened and what to do: one line, without anything that was sent. */
  readonly reason: string;
  /** Seconds after which to come again. */
  readonly retryAfter: number | undefined;

  constructor(status: number, code: string, reason: string, retryAfter?: number) {
    super(reason);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.reason = reason;
    this.retryAfter = retryAfter;
  }
}
