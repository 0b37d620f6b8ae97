import Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import type { z } from 'zod';
import { dateInZone } from '../core/window.ts';
import type { ModelSpendStore, ModelUsage } from '../pipeline/answers.ts';
import type { ModelPart } from '../pipeline/ask/ask-deps.ts';
import type { Clock, Log } from '../pipeline/ports.ts';
import { costOf, dearestCost, type Tokens } from './prices.ts';
import type { Prompt } from './prompts.ts';
import { type StreamedMessage, type StreamReader, streamMessage } from './stream-message.ts';

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
  /** Has the answer streamed. One that is cut short is no answer, and is paid for as far as it came. */
  reader?: StreamReader;
  /** Ends the call early. */
  signal?: AbortSignal;
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
      const { message, tokens, usage, cut } = await send(options, model, request, content).catch(
        async (error: unknown) => {
          await spend.settle(date, reserved, isUnpaid(error) ? 0 : reserved);
          throw error;
        },
      );
      await spend.settle(date, reserved, counted(options, model, tokens));
      if (cut !== null) {
        if (cut !== 'by its reader') notice(describeFailure(cut.error), 'The model ended in the middle of its answer');
        return { output: null, usage: [usage], budgetSpent: false };
      }
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
  { prompt, output, deadlineMs, reader, signal }: ModelRequest<T>,
  content: string,
): Promise<StreamedMessage & { tokens: Tokens; usage: ModelUsage }> {
  const started = clock();
  const { schema, type } = zodOutputFormat(output);
  const params = {
    model,
    max_tokens: prompt.maxTokens,
    system: prompt.text,
    messages: [{ role: 'user' as const, content }],
    output_config: { format: { type, schema } },
  };
  reader?.started();
  const { message, cut } = await within(deadlineMs, signal, async (until) =>
    reader
      ? streamMessage(client, params, until, reader)
      : { message: await client.messages.create(params, { signal: until }), cut: null },
  );
  const tokens = cut === null ? tokensOf(message) : tokensSoFar(message);
  const usage: ModelUsage = {
    prompt: prompt.id,
    prompt_version: prompt.version,
    model,
    input_tokens: tokens.input,
    output_tokens: tokens.output,
    cost_microdollars: costOf(model, tokens),
    latency_ms: Math.max(0, Math.round(clock() - started)),
  };
  return { message, cut, tokens, usage };
}

/** Gives the work a signal that aborts at the deadline or with `signal`, held here for as long as the work lasts. */
async function within<T>(
  deadlineMs: number,
  signal: AbortSignal | undefined,
  work: (until: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal?.reason);
  const timer = setTimeout(
    () => controller.abort(new DOMException('The deadline is over.', 'TimeoutError')),
    deadlineMs,
  );
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
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

/** The provider counts what it wrote at the end: of a message that was cut, no less is counted than came. */
function tokensSoFar(message: Anthropic.Message): Tokens {
  const written = message.content.map((block) => (block.type === 'text' ? block.text.length : 0));
  const { input, output } = tokensOf(message);
  const came = Math.ceil(written.reduce((sum, length) => sum + length, 0) / CHARACTERS_A_TOKEN);
  return { input, output: Math.max(output, came) };
}

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
