import { join } from 'node:path';
import { assessInput, assessOutput } from './anthropic/assess-prompt.ts';
import { createModelAssessor } from './anthropic/assessor.ts';
import { createAnthropicClient } from './anthropic/client.ts';
import { explainInput, explainOutput } from './anthropic/explain-prompt.ts';
import { createModelExplainer } from './anthropic/explainer.ts';
import { createModelCall } from './anthropic/model-call.ts';
import { narrateInput, narrateOutput } from './anthropic/narrate-prompt.ts';
import { createNarrator } from './anthropic/narrator.ts';
import { loadPrompt } from './anthropic/prompts.ts';
import { createQuestionRouter } from './anthropic/question-router.ts';
import { routeInput, routeOutput } from './anthropic/route-prompt.ts';
import type { Config } from './config.ts';
import { packageRoot } from './paths.ts';
import type { AskDeps } from './pipeline/ask/ask-deps.ts';
import type { WriteAssessment } from './pipeline/assess/context.ts';
import type { Clock, Explainer, Log, Stores } from './pipeline/ports.ts';

export interface ModelUse {
  reader: AskDeps['reader'];
  narrator: AskDeps['narrator'];
  explainer: Explainer;
  assessor: WriteAssessment;
}

/**
 * What a model does where there is a key: all of it within one daily budget.
 * @throws SeepassError `bad_config` when a prompt is unusable.
 */
export async function createModelUse(
  { model, timezone }: Pick<Config, 'model' | 'timezone'>,
  { stores, clock, log }: { stores: Pick<Stores, 'modelSpend'>; clock: Clock; log: Log },
): Promise<ModelUse | null> {
  if (model.apiKey === undefined) return null;
  const callModel = createModelCall({
    client: createAnthropicClient({ apiKey: model.apiKey, baseUrl: model.baseUrl }),
    model: model.name,
    isOwnServer: isOwnServer(model.baseUrl),
    spend: stores.modelSpend,
    budget: Math.round(model.dailyBudget * 1_000_000),
    clock,
    timezone,
    log,
  });
  const folder = join(packageRoot, 'prompts');
  const [route, narrate, explain, assess] = await Promise.all([
    loadPrompt(folder, 'route-question', { input: routeInput, output: routeOutput }),
    loadPrompt(folder, 'narrate-answer', { input: narrateInput, output: narrateOutput }),
    loadPrompt(folder, 'explain-priority', { input: explainInput, output: explainOutput }),
    loadPrompt(folder, 'assess', { input: assessInput, output: assessOutput }),
  ]);
  return {
    reader: createQuestionRouter({ callModel, prompt: route, log }),
    narrator: createNarrator({ callModel, prompt: narrate, log }),
    explainer: createModelExplainer({ callModel, prompt: explain, log }),
    assessor: createModelAssessor({ callModel, prompt: assess, log }),
  };
}

/** Behind any other address is not the provider, and its prices do not hold. */
const isOwnServer = (baseUrl: string | undefined): boolean =>
  baseUrl !== undefined && !/(?:^|\.)anthropic\.com$/.test(new URL(baseUrl).hostname);
