import { bindNarration, isWordable } from '../core/query/answer/narration.ts';
import type { Intent } from '../core/query/reading.ts';
import type { Narrator } from '../pipeline/ask/ask-deps.ts';
import type { Log } from '../pipeline/ports.ts';
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
 * Lets the model word an answer from its facts. It writes placeholders, code puts the figures in; a text that states a
 * figure of its own, or says more than the template, is dropped whole and the template stays.
 */
export function createNarrator({ callModel, prompt, log, deadlineMs = DEADLINE_MS }: NarratorOptions): Narrator {
  return async (body, { intent }) => {
    if (!WORDED.has(intent) || !isWordable(body)) return { narration: null, usage: [], budgetSpent: false };
    const input = buildNarrateInput(body);
    const { output, ...part } = await callModel({ prompt, input, output: narrateOutput, deadlineMs });
    if (output === null) return { narration: null, ...part };
    const bound = bindNarration(output, body);
    if (bound.ok) return { narration: { headline: bound.headline, sentences: bound.sentences }, ...part };
    log.warn({ prompt: prompt.id, reason: bound.reason }, 'A text of the model was not used; the template wrote it');
    return { narration: null, ...part };
  };
}
