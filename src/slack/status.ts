import type { WebClient } from '@slack/web-api';
import { findMetric } from '../core/catalogue/index.ts';
import { labelOf } from '../core/query/answer/figure-words.ts';
import { formatWindow } from '../core/query/answer/period-words.ts';
import { scopeWords } from '../core/query/answer/scope-words.ts';
import type { Reading } from '../core/query/reading.ts';
import { DeliveryError } from '../pipeline/delivery-error.ts';
import type { Log } from '../pipeline/ports.ts';
import { clip } from './mrkdwn.ts';
import { callSlack } from './web-call.ts';

/** Answers that come sooner need no word that they are coming. */
const PATIENCE_MS = 400;
const MOST_CHARACTERS = 100;
/** Refusals that the next question would meet as well. */
const NEVER = new Set(['unknown_method', 'missing_scope', 'method_not_supported', 'not_allowed_token_type']);

/** What a thread shows while its answer is worked out. */
export interface Status {
  /** Says what is read, where the answer takes long enough to be waited for. */
  reading(words: string): void;
  /** Before the answer is posted, which takes the status away. */
  end(): Promise<void>;
}

/** Slack's own status line under a thread; where the workspace has none, nothing is shown and nothing fails. */
export function createStatusLine({ client, log }: { client: WebClient; log: Log }) {
  let isThere = true;
  return ({ channel, thread_ts }: { channel: string; thread_ts: string | undefined }): Status => {
    let words = 'is reading the figures …';
    let sending: Promise<void> | undefined;
    let isOver = false;
    const send = (): void => {
      const before = sending ?? Promise.resolve();
      sending = before.then(async () => {
        if (!isThere || isOver) return;
        await callSlack(client, 'assistant.threads.setStatus', { channel_id: channel, thread_ts, status: words }).catch(
          (error: unknown) => {
            if (error instanceof DeliveryError && NEVER.has(error.reason ?? '')) isThere = false;
            log.debug({ err: error, channel }, 'no status could be shown');
          },
        );
      });
    };
    const timer = thread_ts === undefined || !isThere ? undefined : setTimeout(send, PATIENCE_MS);
    return {
      reading(text) {
        words = clip(`is reading ${text} …`, MOST_CHARACTERS);
        if (sending !== undefined) send();
      },
      async end() {
        isOver = true;
        clearTimeout(timer);
        await sending;
      },
    };
  };
}

/** "error rate on /checkout, Mon 19–Sun 25 Jan". @param today YYYY-MM-DD in the workspace's zone. */
export function readingWords({ query, intent }: Reading, today: string): string {
  if (query === null) return 'the question';
  const metric = findMetric(query.metric ?? '');
  const what = metric ? labelOf(metric) : intent === 'top' ? 'the priorities' : 'the figures';
  return `${what}${scopeWords(query)}, ${formatWindow(query.window, today)}`;
}
