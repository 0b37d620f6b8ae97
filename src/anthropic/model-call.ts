import Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import type { z } from 'zod';
import { dateInZone } from '../core/window.ts';
import type { ModelSpendStore, ModelUsage } from '../pipeline/answers.ts';
import type { ModelPart } from '../pipeline/ask/ask-deps.ts';
import type { Clock, Log } from '../pipeline/ports.ts';
import { costOf, dearestCost, type Tokens } from './prices.ts';
import type { Prompt } from './prompts.ts';

export interface ModelCallOptions {
  client: Anthropic;
  /** The configured model, used where the prompt says `default`. */
  model: string;
  /** Served by somebody else than the provider: what has no list price there is counted as free. */
  isOwnServer: boolean;
  spend: ModelSpendStore;
  /** Micro-dollars a day. */
  budget: number;
  clock: Clock;
  /** IANA zone a day is counted in. */
  timezone: string;
  log: Log;
}

export interface ModelRequest<T> {
  prompt: Prompt;
  /** Sent as JSON; texts of strangers in it are fenced. */
  input: object;
  output: z.ZodType<T>;
  /** Milliseconds, retries included. */
  deadlineMs: number;
}

/** What came back in the agreed shape, or null; why not is logged. */
export type ModelReply<T> = ModelPart & { output: T | null };

/** Asks a model within the day's budget. Never throws; what was sent or said is never logged. */
export type CallModel = <T>(request: ModelRequest<T>) => Promise<ModelReply<T>>;

export function createModelCall(options: ModelCallOptions): CallModel {
  const { spend, budget, clock, timezone, log } = options;
  return async (request) => {
    const { prompt } = request;
    const model = prompt.model === 'default' ? options.model : prompt.model;
    const notice = (details: object, message: string) =>
      log.warn({ prompt: prompt.id, prompt_version: prompt.version, ...details }, message);
    const content = JSON.stringify(request.input);
    const reserved = counted(options, model, atMost(prompt, content));
    const date = dateInZone(clock(), timezone);
    try {
      if (!(await spend.reserve(date, reserved, budget))) {
        notice({ budget_microdollars: budget }, 'The model budget for today is spent');
        return { output: null, usage: [], budgetSpent: true };
      }
      const { message, usage } = await send(options, model, request, content).catch(async (error: unknown) => {
        await spend.settle(date, reserved, isUnpaid(error) ? 0 : reserved);
        throw error;
      });
      await spend.settle(date, reserved, counted(options, model, tokensOf(message)));
      const read = readOutput(message, request.output);
      if (read.fault !== undefined) notice({ reason: read.fault }, 'The answer of the model was not used');
      return { output: read.output ?? null, usage: [usage], budgetSpent: false };
    } catch (error) {
      notice(describeFailure(error), 'The model did not answer');
      return { output: null, usage: [], budgetSpent: false };
    }
  };
}

async function send<T>(
  { client, clock }: ModelCallOptions,
  model: string,
  { prompt, output, deadlineMs }: ModelRequest<T>,
  content: string,
): Promise<{ message: Anthropic.Message; usage: ModelUsage }> {
  const started = clock();
  const { schema, type } = zodOutputFormat(output);
  const message = await client.messages.create(
    {
      model,
      max_tokens: prompt.maxTokens,
      system: prompt.text,
      messages: [{ role: 'user', content }],
      output_config: { format: { type, schema } },
    },
    { signal: AbortSignal.timeout(deadlineMs) },
  );
  const tokens = tokensOf(message);
  const usage: ModelUsage = {
    prompt: prompt.id,
    prompt_version: prompt.version,
    model,
    input_tokens: tokens.input,
    output_tokens: tokens.output,
    cost_microdollars: costOf(model, tokens),
    latency_ms: Math.max(0, Math.round(clock() - started)),
  };
  return { message, usage };
}

/** The last text is the answer: a model that thinks says so before. */
function readOutput<T>(
  { stop_reason, content }: Anthropic.Message,
  output: z.ZodType<T>,
): { output: T; fault?: undefined } | { output?: undefined; fault: string } {
  if (stop_reason !== 'end_turn') return { fault: `stopped by ${stop_reason}` };
  const text = content.findLast((block) => block.type === 'text')?.text ?? '';
  const parsed = output.safeParse(parseJson(text));
  return parsed.success ? { output: parsed.data } : { fault: 'not the agreed shape' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const tokensOf = ({ usage }: Anthropic.Message): Tokens => ({
  input: usage.input_tokens + (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0),
  output: usage.output_tokens,
});

const CHARACTERS_A_TOKEN = 2.5;

/** More than a call will take: a token is hardly ever shorter than this. */
const atMost = (prompt: Prompt, content: string): Tokens => ({
  input: Math.ceil((prompt.text.length + content.length) / CHARACTERS_A_TOKEN) + SCHEMA_TOKENS,
  output: prompt.maxTokens,
});

/** The schema goes into the prompt too. */
const SCHEMA_TOKENS = 2_000;

const counted = ({ isOwnServer }: ModelCallOptions, model: string, tokens: Tokens): number =>
  costOf(model, tokens) ?? (isOwnServer ? 0 : dearestCost(tokens));

/** An answer with an error's status, or none at all, costs nothing; who knows about one that came too late. */
const isUnpaid = (error: unknown): boolean =>
  error instanceof Anthropic.APIError &&
  !(error instanceof Anthropic.APIConnectionTimeoutError) &&
  !(error instanceof Anthropic.APIUserAbortError);

/** Status, kind and request id only: an SDK error may quote the answer. */
function describeFailure(error: unknown): object {
  if (error instanceof Anthropic.APIError)
    return { reason: error.constructor.name, status: error.status, request_id: error.requestID };
  return { reason: error instanceof Error ? error.constructor.name : 'unknown' };
}
