import { bindSentence, isWordable, MOST_SENTENCES, sentencesWith } from '../core/query/answer/narration.ts';
import type { Span } from '../core/query/answer-body.ts';
import type { Intent } from '../core/query/reading.ts';
import type { Narrator } from '../pipeline/ask/ask-deps.ts';
import type { Log } from '../pipeline/ports.ts';
import { finishedStrings } from './finished-strings.ts';
import type { CallModel } from './model-call.ts';
import { buildNarrateInput, narrateOutput } from './narrate-prompt.ts';
import type { Prompt } from './prompts.ts';

export interface NarratorOptions {
  callModel: CallModel;
  prompt: Prompt;
  log: Log;
  /** Milliseconds for one answer, retries included: somebody waits, and the template is ready. */
  deadlineMs?: number;
}

const DEADLINE_MS = 12_000;

/** Other answers are lists, whose words are few and stand in tables. */
const WORDED: ReadonlySet<Intent> = new Set(['metric', 'explain', 'overview', 'tickets']);

/**
 * Lets the model word an answer's sentences from its facts, as a stream. It writes placeholders, code puts the figures
 * in. A sentence is told once it is finished and every check holds; the first one that states a figure of its own, or
 * says more than the template, ends the model's text, and the template says the rest.
 */
export function createNarrator({ callModel, prompt, log, deadlineMs = DEADLINE_MS }: NarratorOptions): Narrator {
  return async (body, { intent }, listener) => {
    if (!WORDED.has(intent) || !isWordable(body)) return { narration: null, usage: [], budgetSpent: false };
    const worded: (readonly Span[])[] = [];
    let fault: string | null = null;
    /** Takes what is new of the sentences written so far; false at the first fault. */
    const take = (sentences: readonly string[]): boolean => {
      for (const text of sentences.slice(worded.length)) {
        if (fault !== null) break;
        const read = worded.length < MOST_SENTENCES ? bindSentence(text, body) : TOO_MANY;
        if (read.ok) {
          worded.push(read.sentence);
          listener?.say(read.sentence);
        } else fault = read.reason;
      }
      return fault === null;
    };
    const { output, ...part } = await callModel({
      prompt,
      input: buildNarrateInput(body),
      output: narrateOutput,
      deadlineMs,
      reader: {
        started: () => listener?.begin(body.headline),
        text: (soFar) => take(finishedStrings(soFar, 'sentences')),
      },
      ...(listener ? { signal: listener.signal } : {}),
    });
    const isWhole = output !== null && take(output.sentences);
    if (fault !== null)
      log.warn({ prompt: prompt.id, reason: fault }, 'A text of the model was not used; the template wrote it');
    const narration = worded.length === 0 ? null : { sentences: sentencesWith(worded, body, isWhole) };
    return { narration, ...part };
  };
}

const TOO_MANY = { ok: false, reason: 'too many sentences' } as const;
