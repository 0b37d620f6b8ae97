import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Answer } from '../core/query/answer-body.ts';
import type { Listener } from '../pipeline/ask/ask-deps.ts';
import { DeliveryError } from '../pipeline/delivery-error.ts';
import type { Log } from '../pipeline/ports.ts';
import { messageParameters } from './messenger.ts';
import { isDirect, postMessage } from './send.ts';
import { sendSimplerIfRefused } from './send-simpler.ts';
import { askedLine, buildAnswerMessage } from './views/answer.ts';
import type { AnswerView } from './views/answer-view.ts';
import { headlineMarkdown, sentenceMarkdown } from './views/told.ts';
import { callSlack, callSlackAgain } from './web-call.ts';

/** Refusals that the next stream would meet as well. */
const NEVER = new Set(['unknown_method', 'missing_scope', 'method_not_supported', 'not_allowed_token_type']);
/** Somebody deleted the answer while it was written. */
const DELETED = 'message_not_found';

/** Where an answer goes, and who asked for it. */
export interface AnswerPlace {
  channel: string;
  /** Undefined in a direct message outside of threads, where Slack has no streams. */
  thread: string | undefined;
  /** Slack user id. */
  user: string;
  /** Slack team id; streams in channels need it. */
  team: string | undefined;
}

/** An answer on its way into a conversation. */
export interface ToldAnswer extends Listener {
  /**
   * Shows all of it: ends the stream with what is left, or posts it where there was none.
   * @param as beside how it was begun.
   * @throws DeliveryError
   */
  finish(answer: Answer, as?: Pick<AnswerView, 'isDrawnBelow'>): Promise<void>;
  /** There will be no answer: what was streamed is true, and ends there. */
  abandon(): Promise<void>;
}

interface Told {
  view: AnswerView;
  /** Awaited before anything is shown. */
  before(): Promise<void>;
}

type Stream =
  | { state: 'none' | 'deleted' }
  /** `broken`: nobody knows what of it is shown. */
  | { state: 'open' | 'broken'; ts: string };

const startedSchema = z.object({ ts: z.string() });

/**
 * Streams answers as a model words them, in Slack's own streams; where there are none, an answer is posted whole.
 * @param stopping aborted when the app stops: the template then ends every answer.
 */
export function createAnswerTeller({
  client,
  log,
  stopping,
}: {
  client: WebClient;
  log: Log;
  stopping: AbortSignal;
}): (place: AnswerPlace, told: Told) => ToldAnswer {
  let isThere = true;
  return ({ channel, thread, user, team }, { view, before }) => {
    let stream: Stream = { state: 'none' };
    /** Sentences that are in the stream. */
    let shown = 0;
    let sending = Promise.resolve();
    const deleted = new AbortController();
    const call = (method: string, parameters: object) => callSlack(client, method, { channel, ...parameters });
    const next = (step: () => Promise<void>): void => {
      sending = sending.then(step);
    };
    const note = (err: unknown, message: string): void => log.debug({ err, channel }, message);

    async function start(headline: string): Promise<void> {
      await before();
      const recipient = isDirect(channel) ? {} : { recipient_user_id: user, recipient_team_id: team };
      const above = askedLine(view, 1);
      const chunks = [...(above.length > 0 ? [{ type: 'blocks', blocks: above }] : []), markdown(headline)];
      try {
        const { ts } = startedSchema.parse(await call('chat.startStream', { thread_ts: thread, ...recipient, chunks }));
        stream = { state: 'open', ts };
      } catch (error) {
        if (NEVER.has(reasonOf(error) ?? '')) isThere = false;
        note(error, 'an answer could not be streamed; it is posted whole');
      }
    }

    async function append(sentence: Parameters<typeof sentenceMarkdown>[0]): Promise<void> {
      if (stream.state !== 'open') return;
      const { ts } = stream;
      try {
        await call('chat.appendStream', { ts, chunks: [markdown(sentenceMarkdown(sentence, shown))] });
        shown += 1;
      } catch (error) {
        lost(ts, error);
      }
    }

    function lost(ts: string, error: unknown): void {
      const isDeleted = reasonOf(error) === DELETED;
      stream = isDeleted ? { state: 'deleted' } : { state: 'broken', ts };
      if (isDeleted) deleted.abort();
      note(error, isDeleted ? 'an answer was deleted while it was written' : 'the stream of an answer broke');
    }

    /** Ends the stream with the sentences it lacks, then table or chart, grey print and buttons. */
    async function end(ts: string, answer: Answer, shownAs: AnswerView): Promise<void> {
      const left = answer.body.sentences.slice(shown).map((spans, index) => sentenceMarkdown(spans, shown + index));
      const text = left.join('');
      const chunks = text === '' ? {} : { chunks: [markdown(text)] };
      try {
        await sendSimplerIfRefused(buildAnswerMessage(answer, { ...shownAs, isTold: true }), ({ blocks }) =>
          call('chat.stopStream', { ts, ...chunks, blocks }),
        );
      } catch (error) {
        lost(ts, error);
      }
    }

    /** Puts the whole answer in the place of a stream that broke. */
    async function mend(ts: string, answer: Answer, shownAs: AnswerView): Promise<void> {
      await call('chat.stopStream', { ts }).catch((error: unknown) => note(error, 'a broken stream was over already'));
      try {
        await sendSimplerIfRefused(buildAnswerMessage(answer, shownAs), (one) =>
          callSlackAgain(client, 'chat.update', { channel, ts, ...messageParameters(one) }),
        );
      } catch (error) {
        if (reasonOf(error) !== DELETED) throw error;
      }
    }

    return {
      signal: AbortSignal.any([stopping, deleted.signal]),
      begin(headline) {
        const canStream = isThere && thread !== undefined && (isDirect(channel) || Boolean(team));
        if (canStream) next(() => start(headlineMarkdown(headline)));
      },
      say: (sentence) => next(() => append(sentence)),
      async finish(answer, as = {}) {
        await sending;
        const shownAs = { ...view, ...as };
        if (stream.state === 'none') {
          await postMessage(client, { channel, thread_ts: thread }, buildAnswerMessage(answer, shownAs));
          return;
        }
        if (stream.state === 'open') await end(stream.ts, answer, shownAs);
        if (stream.state === 'broken') await mend(stream.ts, answer, shownAs);
      },
      async abandon() {
        await sending;
        if (stream.state !== 'open') return;
        const { ts } = stream;
        await call('chat.stopStream', { ts }).catch((error: unknown) => note(error, 'a stream could not be ended'));
      },
    };
  };
}

const markdown = (text: string) => ({ type: 'markdown_text', text });

const reasonOf = (error: unknown): string | null => (error instanceof DeliveryError ? (error.reason ?? null) : null);
