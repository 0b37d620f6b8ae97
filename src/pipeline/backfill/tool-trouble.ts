import { SeepassError } from '../../errors.ts';

export interface ToolTroubleOptions {
  fix?: string;
  cause?: unknown;
  /** HTTP status it answered with; null where it did not answer. */
  status?: number | null;
  /** Milliseconds after which asking again makes sense; null where it makes none. */
  retryAfterMs?: number | null;
}

/** A tool that is read from did not answer, or refused. Holds nothing of what it said: that may be anybody's text. */
export class ToolTrouble extends SeepassError {
  readonly status: number | null;
  readonly retryAfterMs: number | null;

  constructor(message: string, options: ToolTroubleOptions = {}) {
    super('tool_unavailable', message, options);
    this.name = 'ToolTrouble';
    this.status = options.status ?? null;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
