/** Who answers what. One file an intent and a line here. */
import { tooSlowBody } from '../../core/query/answer/refusal.ts';
import { fixed, noteSentence, plain } from '../../core/query/answer/spans.ts';
import type { AnswerBody } from '../../core/query/answer-body.ts';
import type { Intent, Reading } from '../../core/query/reading.ts';
import { SeepassError } from '../../errors.ts';
import type { AskContext } from './ask-deps.ts';
import { answerExamples } from './examples.ts';
import { answerWhy } from './explain.ts';
import { answerHelp } from './help.ts';
import { answerMetricQuestion, type MetricOutcome } from './metric.ts';
import { answerOverview } from './overview.ts';
import { answerClarification, answerRefusal } from './refuse.ts';
import { answerRunbook } from './runbook.ts';
import { answerStatus } from './status.ts';
import { answerTickets } from './tickets.ts';
import { answerTop } from './top.ts';

type AnyOutcome = Omit<MetricOutcome, 'computed'> & Partial<Pick<MetricOutcome, 'computed'>>;

const intents: Readonly<Record<Intent, (reading: Reading, ask: AskContext) => Promise<AnyOutcome>>> = {
  metric: answerMetricQuestion,
  explain: answerWhy,
  examples: answerExamples,
  tickets: answerTickets,
  overview: answerOverview,
  top: answerTop,
  status: answerStatus,
  runbook: answerRunbook,
  clarify: answerClarification,
  refuse: answerRefusal,
  help: answerHelp,
};

/** A question that was understood and takes too long is answered by saying so: what was understood is not lost. */
export async function answerIntent(reading: Reading, ask: AskContext): Promise<AnyOutcome> {
  try {
    const outcome = await intents[reading.intent](reading, ask);
    const intent = outcome.intent ?? reading.intent;
    // Figures say it themselves, and runbooks are looked for by the words as they were written.
    return intent === 'metric' || intent === 'runbook'
      ? outcome
      : { ...outcome, body: withNotes(outcome.body, reading) };
  } catch (error) {
    if (!(error instanceof SeepassError) || error.code !== 'query_too_slow') throw error;
    ask.log.warn({ query: reading.query }, 'a question took too long and was stopped');
    return { body: tooSlowBody(error.message, error.fix ?? ''), reason: null };
  }
}

/** What was read otherwise than written stands with every answer; figures say it among what else to know. */
function withNotes(body: AnswerBody, { notes }: Reading): AnswerBody {
  return { ...body, sentences: [...notes.map((note) => fixed([plain(noteSentence(note))])), ...body.sentences] };
}
