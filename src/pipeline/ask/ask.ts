import { plainText } from '../../core/query/answer/plain-text.ts';
import type { Answer, AnswerBody } from '../../core/query/answer-body.ts';
import { nextContext } from '../../core/query/parse/next-context.ts';
import type { Reading } from '../../core/query/reading.ts';
import { withFunnels } from '../../core/query/vocabulary.ts';
import type { KeptThread, ModelUsage, ThreadRef } from '../answers.ts';
import { readWorkspaceConfig } from '../workspace-config.ts';
import type { AskContext, AskDeps, AskRequest, Listener, ModelPart, Narration } from './ask-deps.ts';
import { type Answered, audited } from './audit-answer.ts';
import { createInOrder } from './in-order.ts';
import { answerIntent } from './intents.ts';
import { unreadable } from './refuse.ts';
import { writeReceipt } from './write-receipt.ts';

export type Ask = (request: AskRequest) => Promise<Answer>;

type Outcome = Awaited<ReturnType<typeof answerIntent>>;

/** Another process may answer in the same thread: then the question is read again with what that settled. */
const ATTEMPTS = 3;

/**
 * Answers questions: read, checked, computed, worded, with a receipt. Questions of one thread are answered in order.
 * @throws SeepassError `database_unavailable`: nothing was answered, asking again is safe.
 */
export function createAsk(deps: AskDeps): Ask {
  const inOrder = createInOrder();
  return (sent) => {
    const request = withoutNul(sent);
    const thread = threadOf(request);
    const answering = () =>
      audited(deps, { action: 'question.ask', by: request, parameters: request.question, receipt: null }, () =>
        answer(deps, request, thread),
      );
    return thread === null ? answering() : inOrder(`${thread.channel}\0${thread.thread}`, answering);
  };
}

/** PostgreSQL's text holds no NUL, and no question means one. */
const withoutNul = (request: AskRequest): AskRequest => ({
  ...request,
  question: request.question.replaceAll('\0', ' '),
  threadId: request.threadId?.replaceAll('\0', ' ') ?? null,
});

/** The command line has no channels: its threads share one name. */
function threadOf({ channel, threadId }: AskRequest): ThreadRef | null {
  return threadId === null ? null : { channel: channel ?? 'cli', thread: threadId };
}

type Told = { value: Answer; answered: Answered };

async function answer(deps: AskDeps, request: AskRequest, thread: ThreadRef | null): Promise<Told> {
  const question = request.question.trim();
  const nothing = unreadable(question);
  if (nothing !== null) return told(nothing.reading, answerOf(nothing.reading, nothing.outcome.body, null, 'template'));
  const [named, config] = await Promise.all([
    deps.stores.metrics.vocabulary(),
    readWorkspaceConfig(deps.stores.settings),
  ]);
  const vocabulary = withFunnels(
    named,
    config.funnels.map(({ id }) => id),
  );
  const usage: ModelUsage[] = [];
  for (let attempt = 1; ; attempt++) {
    const kept = thread === null ? undefined : await deps.stores.threads.find(thread);
    const ask: AskContext = { ...deps, request, config, vocabulary, thread: kept?.context ?? null };
    const setting = { asOf: request.asOf, zone: deps.timezone, vocabulary, thread: ask.thread };
    const read = await deps.reader.read(question, setting);
    usage.push(...read.usage);
    request.onReading?.(read.reading);
    const outcome = await answerIntent(read.reading, ask);
    const reading = withOutcome(read.reading, outcome);
    const isKept = thread === null || (await keep(deps, thread, kept, reading, outcome));
    if (!isKept && attempt < ATTEMPTS) continue;
    const worded = await narrate(deps, outcome.body, reading, request.listener);
    usage.push(...worded.usage);
    const body = wordedBy(worded.narration, outcome.body, read.budgetSpent || worded.budgetSpent);
    const writtenBy = worded.narration === null ? 'template' : 'model';
    const receipt = await writeReceipt(ask, reading, outcome, { writtenBy, usage });
    return told(read.reading, answerOf(reading, body, receipt, writtenBy));
  }
}

const told = (asked: Reading, value: Answer): Told => ({
  value,
  answered: { asked, intent: value.reading.intent, reason: value.reading.reason, receipt: value.receipt },
});

/** What was read with what became of it: a refusal has no query. */
function withOutcome(read: Reading, { intent, reason }: Outcome): Reading {
  const now = intent ?? read.intent;
  return { ...read, intent: now, reason, query: now === 'refuse' || now === 'clarify' ? null : read.query };
}

/** Keeps what the thread has settled; an answer that settles nothing leaves it as it was. */
async function keep(
  { stores }: AskDeps,
  thread: ThreadRef,
  before: KeptThread | undefined,
  reading: Reading,
  { listed }: Outcome,
): Promise<boolean> {
  const settled = before?.context ?? null;
  const context = nextContext(reading, settled, listed);
  return context === settled || context === null || stores.threads.keep(thread, context, before?.turn ?? 0);
}

const UNTOLD: ModelPart & { narration: null } = { narration: null, usage: [], budgetSpent: false };

/** Only answers are worded: what is missing, refused or unclear is said by the template, word for word. */
async function narrate({ narrator, log }: AskDeps, body: AnswerBody, reading: Reading, listener?: Listener) {
  if (narrator === null || reading.reason !== null || body.facts.length === 0) return UNTOLD;
  return narrator(body, reading, listener).catch((err: unknown) => {
    log.warn({ err }, 'the narrator failed; the template wrote this answer');
    return UNTOLD;
  });
}

const BUDGET_SPENT = 'Model budget for today is spent; answered without it.';

function wordedBy(narration: Narration | null, body: AnswerBody, budgetSpent: boolean): AnswerBody {
  const context = budgetSpent ? [...body.context, BUDGET_SPENT] : body.context;
  return { ...body, ...narration, context };
}

const answerOf = (
  reading: Reading,
  body: AnswerBody,
  receipt: string | null,
  written_by: Answer['written_by'],
): Answer => ({ reading, body, text: plainText(body), receipt, written_by });
