import type { ErrorCode } from '../../errors.ts';
import { SeepassError } from '../../errors.ts';
import type { Log } from '../../pipeline/ports.ts';
import { escapeEntities } from '../mrkdwn.ts';
import { newRef } from '../refs.ts';
import { buildErrorNotice, buildNotice, type Rendered } from '../views/notice.ts';

/** Faults in words a reader can use; what is not listed is a fault of ours without a better word. */
const REASONS: Partial<Record<ErrorCode, string>> = {
  database_unavailable: 'the database did not answer',
  query_too_slow: 'that took longer than a question may; a shorter period or a single page is quicker',
  slack_unavailable: 'Slack did not answer as it should',
};

/** Codes whose own message is the answer: the person, not the machine, can put it right. */
const ANSWERS = new Set<ErrorCode>(['bad_arguments', 'bad_input', 'too_large', 'forbidden', 'not_found', 'conflict']);

export interface GuardedWork {
  /** What the person wanted, as the start of a sentence: "I could not read the metrics". */
  what: string;
  /** Where the person reads the words. */
  tell: (notice: Rendered) => Promise<void>;
  /** For the log line: ids only. */
  about: object;
  work: () => Promise<void>;
}

/** Runs a listener's work so that whatever goes wrong ends in words to the person and a line in the log. */
export async function guard(log: Log, { what, tell, about, work }: GuardedWork): Promise<void> {
  try {
    await work();
  } catch (error) {
    const ref = newRef();
    const answered = error instanceof SeepassError && ANSWERS.has(error.code);
    if (!answered) log.error({ ...about, ref, err: error }, what);
    const notice = answered
      ? buildNotice(escapeEntities(error.line))
      : buildErrorNotice({ what, why: whyOf(error), ref });
    await tell(notice).catch((failure: unknown) =>
      log.error({ ...about, ref, err: failure }, 'the person could not be told either'),
    );
  }
}

function whyOf(error: unknown): string | null {
  return error instanceof SeepassError ? (REASONS[error.code] ?? null) : null;
}
