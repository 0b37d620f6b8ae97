/** The router against the configured model, with what it took. */
import { join } from 'node:path';
import { createAnthropicClient } from '../../src/anthropic/client.ts';
import { createModelCall } from '../../src/anthropic/model-call.ts';
import { loadPrompt } from '../../src/anthropic/prompts.ts';
import { createQuestionRouter } from '../../src/anthropic/question-router.ts';
import { routeInput, routeOutput } from '../../src/anthropic/route-prompt.ts';
import { loadConfig } from '../../src/config.ts';
import type { ModelUsage } from '../../src/pipeline/answers.ts';
import { spendInMemory } from '../anthropic/model-at.ts';
import type { Read } from './measure.ts';

export interface ModelRun {
  name: string;
  read: Read;
  usage: readonly ModelUsage[];
  /** Why an answer of the model was not used, or there was none, and how often. */
  faults: ReadonlyMap<string, number>;
}

/** @param always asks the model everything but what is refused for sure, to measure it by itself. Null without a key. */
export async function runWithModel({ always }: { always: boolean }): Promise<ModelRun | null> {
  const { model } = loadConfig();
  if (model.apiKey === undefined) return null;
  const prompt = await loadPrompt(join(import.meta.dirname, '../../prompts'), 'route-question', {
    input: routeInput,
    output: routeOutput,
  });
  const usage: ModelUsage[] = [];
  const faults = new Map<string, number>();
  const note = (details: object, message: string) => {
    const why = 'reason' in details ? `${message}: ${details.reason}` : message;
    faults.set(why, (faults.get(why) ?? 0) + 1);
  };
  const log = { debug: note, info: note, warn: note, error: note };
  const callModel = createModelCall({
    client: createAnthropicClient({ apiKey: model.apiKey, baseUrl: model.baseUrl }),
    model: model.name,
    isOwnServer: model.baseUrl !== undefined,
    spend: spendInMemory(),
    budget: Math.round(model.dailyBudget * 1_000_000),
    clock: Date.now,
    timezone: 'UTC',
    log,
  });
  const router = createQuestionRouter({
    callModel,
    prompt,
    log,
    ...(always ? { standsAlone: ({ intent, confidence }) => intent === 'refuse' && confidence === 1 } : {}),
  });
  const read: Read = async (question, setting) => {
    const answer = await router.read(question, setting);
    usage.push(...answer.usage);
    return answer.reading;
  };
  return { name: model.name, read, usage, faults };
}
