/** Stable codes; each is mapped to words, an HTTP status and an exit code at the edge only. */
export const ERROR_CODES = [
  'bad_arguments', // unusable command line or request: exit 2, HTTP 400
  'bad_input', // unusable file or body: exit 2, HTTP 400
  'bad_config', // environment does not parse: exit 2
  'unauthorized', // missing or wrong credential: HTTP 401
  'forbidden', // known, but has no right to this: HTTP 403
  'not_found', // HTTP 404
  'conflict', // somebody else was first: HTTP 409
  'too_large', // HTTP 413
  'database_unavailable', // cannot reach or open the database: exit 1, HTTP 503
  'database_corrupt', // the embedded folder cannot be opened: exit 1
  'schema_newer', // the database was migrated by a newer Seepass: exit 1
  'query_too_slow', // a question took longer than questions may: exit 1, HTTP 504
  'port_in_use', // exit 1
  'slack_unavailable', // Slack did not answer, or refused: exit 1
  'model_unavailable', // the language model did not answer, or refused
  'tool_unavailable', // a tool that is read from did not answer, or refused: exit 1, HTTP 502
  'internal', // a fault of ours: exit 1, HTTP 500
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * The one error type people may see. `message` says what happened in the reader's words;
 * `fix` says what to do next. Neither ever holds a secret or a stack.
 */
export class SeepassError extends Error {
  readonly code: ErrorCode;
  readonly fix: string | undefined;

  constructor(code: ErrorCode, message: string, options: { fix?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'SeepassError';
    this.code = code;
    this.fix = options.fix;
  }

  /** What happened and what to do, in one line. */
  get line(): string {
    return this.fix ? `${this.message} ${this.fix}` : this.message;
  }
}

/** The loser of a conditional update: somebody else changed the state first. */
export class ConflictError extends SeepassError {
  constructor(message: string, options: { fix?: string; cause?: unknown } = {}) {
    super('conflict', message, options);
    this.name = 'ConflictError';
  }
}
