import type { BlockFault } from '../block-kit/validate.ts';
import type { JsonRecord } from './json.ts';

/** A Web API call that Slack answers with `ok: false` and this code. */
export class SlackRefusal extends Error {
  readonly code: string;
  readonly details: JsonRecord;

  constructor(code: string, details: JsonRecord = {}) {
    super(code);
    this.name = 'SlackRefusal';
    this.code = code;
    this.details = details;
  }
}

/** A call that came too soon: HTTP 429, with the seconds to wait. */
export class RateLimited extends SlackRefusal {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('ratelimited');
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Faults as Slack words them: `errors`, and the same with a level under `response_metadata.messages`. */
export function refuseFaults(code: string, faults: readonly BlockFault[], root = ''): SlackRefusal {
  const errors = faults.map((fault) => `${fault.message} [json-pointer:${root}${fault.pointer}]`);
  return new SlackRefusal(code, {
    errors,
    response_metadata: { messages: errors.map((error) => `[ERROR] ${error}`) },
  });
}
