import { dateInZone } from '../core/window.ts';
import { askFor, type Reader } from './ask-for.ts';
import type { ListenerDeps } from './deps.ts';
import { postMessage } from './send.ts';
import { createStatusLine, readingWords } from './status.ts';
import { buildAnswerMessage } from './views/answer.ts';
import type { AnswerView } from './views/answer-view.ts';

/** A question in a place where everybody there reads the answer. */
export interface PlacedQuestion {
  /** Slack user id. */
  user: string;
  channel: string;
  /** The thread it belongs to; undefined in a direct message outside of any. */
  thread: string | undefined;
  question: string;
  asked?: AnswerView['asked'];
}

export type Converse = (question: PlacedQuestion) => Promise<void>;

export const isDirect = (channel: string): boolean => channel.startsWith('D');

/** What a conversation is remembered by. Outside of threads a direct message is one conversation a day. */
export const conversationId = (
  { clock, timezone }: Pick<ListenerDeps, 'clock' | 'timezone'>,
  thread: string | undefined,
): string => thread ?? `direct ${dateInZone(clock(), timezone)}`;

/** Answers questions where they were asked, with a status line while they are worked out. */
export function createConverse(deps: ListenerDeps): Converse {
  const showStatus = createStatusLine(deps);
  return async ({ user, channel, thread, question, asked }) => {
    const reader: Reader = { user, channel, audience: 'thread' };
    const status = showStatus({ channel, thread_ts: thread });
    const answer = await askFor(deps, {
      ...reader,
      question,
      threadId: conversationId(deps, thread),
      onReading: (reading) => status.reading(readingWords(reading, dateInZone(deps.clock(), deps.timezone))),
    }).finally(() => status.end());
    const view: AnswerView = { place: isDirect(channel) ? 'direct' : 'thread', asked: asked ?? null };
    await postMessage(deps.client, { channel, thread_ts: thread }, buildAnswerMessage(answer, view));
  };
}
