import type { Chart } from '../core/chart/chart.ts';
import type { Answer } from '../core/query/answer-body.ts';
import { dateInZone } from '../core/window.ts';
import { askFor, type Reader } from './ask-for.ts';
import type { ListenerDeps } from './deps.ts';
import type { Place } from './place.ts';
import { postChart } from './post-chart.ts';
import { isDirect } from './send.ts';
import { createStatusLine, readingWords } from './status.ts';
import { createAnswerTeller } from './tell-answer.ts';
import { buildThinnedChart, pictureOf } from './views/answer-picture.ts';
import type { AnswerView } from './views/answer-view.ts';

/** A question in a place where everybody there reads the answer. */
export interface PlacedQuestion {
  /** Slack user id. */
  user: string;
  /** Slack team id of the workspace it was asked in. */
  team: string | undefined;
  channel: string;
  /** The thread it belongs to; undefined in a direct message outside of any. */
  thread: string | undefined;
  question: string;
  asked?: AnswerView['asked'];
}

export type Converse = (question: PlacedQuestion) => Promise<void>;

/** What a conversation is remembered by. Outside of threads a direct message is one conversation a day. */
export const conversationId = (
  { clock, timezone }: Pick<ListenerDeps, 'clock' | 'timezone'>,
  thread: string | undefined,
): string => thread ?? `direct ${dateInZone(clock(), timezone)}`;

/** Answers questions where they were asked: a status while they are worked out, then the answer as it is worded. */
export function createConverse(deps: ListenerDeps): Converse {
  const showStatus = createStatusLine(deps);
  const tell = createAnswerTeller(deps);
  return async ({ user, team, channel, thread, question, asked }) => {
    const reader: Reader = { user, channel, audience: 'thread' };
    const status = showStatus({ channel, thread_ts: thread });
    const view: AnswerView = { place: isDirect(channel) ? 'direct' : 'thread', asked: asked ?? null };
    const told = tell({ channel, thread, user, team }, { view, before: () => status.end() });
    try {
      const answer = await askFor(deps, {
        ...reader,
        question,
        threadId: conversationId(deps, thread),
        onReading: (reading) => status.reading(readingWords(reading, dateInZone(deps.clock(), deps.timezone))),
        listener: told,
      }).finally(() => status.end());
      const picture = deps.drawChart === undefined ? null : pictureOf(answer, deps.timezone);
      await told.finish(answer, { isDrawnBelow: picture !== null });
      if (picture !== null) await showPicture(deps, { channel, thread_ts: thread }, answer, picture);
    } catch (error) {
      await told.abandon();
      throw error;
    }
  };
}

/** The answer is told: its chart may fail by itself. */
async function showPicture(deps: ListenerDeps, place: Place, answer: Answer, chart: Chart): Promise<void> {
  const name = `answer-${answer.receipt ?? dateInZone(deps.clock(), deps.timezone)}`;
  try {
    await postChart(deps, place, { chart, name, by: null, otherwise: () => buildThinnedChart(answer) });
  } catch (err) {
    deps.log.warn({ err, channel: place.channel }, 'the chart of an answer could not be posted');
  }
}
