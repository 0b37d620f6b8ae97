import { parseQuestion } from '../core/query/parse-question.ts';
import { readProposal } from '../core/query/proposal/read-proposal.ts';
import { isSettled } from '../core/query/proposal/settled.ts';
import type { QuestionReader } from '../pipeline/ask/ask-deps.ts';
import type { Log } from '../pipeline/ports.ts';
import type { CallModel } from './model-call.ts';
import type { Prompt } from './prompts.ts';
import { buildRouteInput, routeOutput } from './route-prompt.ts';

export interface QuestionRouterOptions {
  callModel: CallModel;
  prompt: Prompt;
  log: Log;
  /** Milliseconds for one question, retries included: somebody waits. */
  deadlineMs?: number;
  /** Which of our own readings stand without a model; only the evaluation has another rule than ours. */
  standsAlone?: typeof isSettled;
}

const DEADLINE_MS = 10_000;

/**
 * Reads questions with our own reader, and gives those it is not sure of to a model that chooses from the same closed
 * schema. Our reading is used where the model fails, is out of budget, or names what it cannot have seen; our refusals
 * are never asked about.
 */
export function createQuestionRouter(options: QuestionRouterOptions): QuestionReader {
  const { callModel, prompt, log, deadlineMs = DEADLINE_MS, standsAlone = isSettled } = options;
  return {
    async read(question, setting) {
      const own = parseQuestion(question, setting);
      if (standsAlone(own, question, setting)) return { reading: own, usage: [], budgetSpent: false };
      const input = buildRouteInput(question, setting);
      const { output, ...part } = await callModel({ prompt, input, output: routeOutput, deadlineMs });
      if (output === null) return { reading: own, ...part };
      const { reading, fault } = readProposal(output, question, { setting, own });
      if (fault !== undefined)
        log.warn({ prompt: prompt.id, reason: fault }, 'A reading of the model was not used; our own was');
      return { reading: reading ?? own, ...part };
    },
  };
}
