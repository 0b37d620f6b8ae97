/** One Web API request from bytes to answer: token, scopes, faults on demand, method. */
import { timingSafeEqual } from 'node:crypto';
import type { Log } from '../../pipeline/ports.ts';
import type { CallFault, FaultPlan } from '../control.ts';
import type { JsonRecord } from '../json.ts';
import type { PostPacer } from '../pacing.ts';
import { RateLimited, SlackRefusal } from '../refusal.ts';
import type { Workspace } from '../state/workspace.ts';
import { type ApiMethod, Args } from './call.ts';
import { METHODS } from './index.ts';
import { readArgs, type SentArgs } from './read-args.ts';

export interface ApiContext {
  workspace: Workspace;
  faults: FaultPlan;
  botToken: string;
  appToken: string;
  scopes: ReadonlySet<string>;
  openConnection(): string;
  /** Undefined where the app may post as fast as it likes. */
  pacer: PostPacer | undefined;
  log: Log | undefined;
}

export interface ApiRequest extends SentArgs {
  method: string;
  authorization: string | undefined;
}

export interface ApiAnswer {
  status: number;
  headers: Record<string, string>;
  body: JsonRecord;
  /** How the answer travels: late, or never. */
  delayMs: number;
  isDropped: boolean;
}

function isSame(one: string, other: string): boolean {
  const [given, wanted] = [Buffer.from(one), Buffer.from(other)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function checkToken(context: ApiContext, method: ApiMethod, token: string | undefined): void {
  const wanted = method.token ?? 'bot';
  if (wanted === 'none') return;
  if (token === undefined || token === '') throw new SlackRefusal('not_authed');
  const isBot = isSame(token, context.botToken);
  const isApp = isSame(token, context.appToken);
  if (!isBot && !isApp) throw new SlackRefusal('invalid_auth');
  if (isBot && context.faults.isTokenRevoked) throw new SlackRefusal('token_revoked');
  if (wanted === 'app' ? !isApp : !isBot) throw new SlackRefusal('not_allowed_token_type');
}

async function run(context: ApiContext, request: ApiRequest): Promise<JsonRecord> {
  const args = new Args(await readArgs(request));
  const method = Object.hasOwn(METHODS, request.method) ? METHODS[request.method] : undefined;
  if (method === undefined) throw new SlackRefusal('unknown_method', { req_method: request.method });
  checkToken(context, method, request.authorization?.replace(/^Bearer /i, '') ?? args.text('token'));
  const provided = [...context.scopes].join(',');
  const needScope = (scope: string) => {
    if (!context.scopes.has(scope)) throw new SlackRefusal('missing_scope', { needed: scope, provided });
  };
  for (const scope of method.scopes ?? []) needScope(scope);
  const pace = (channel: string) => {
    const wait = context.pacer?.take(channel);
    if (wait !== undefined) throw new RateLimited(wait);
  };
  return method.handle({ workspace: context.workspace, args, needScope, pace, openConnection: context.openConnection });
}

const rateLimited = (seconds: number): ApiAnswer => ({
  ...answered({ ok: false, error: 'ratelimited' }),
  status: 429,
  headers: { 'retry-after': String(seconds) },
});

const broken = (): ApiAnswer => ({ ...answered({ ok: false, error: 'internal_error' }), status: 500 });

const answered = (body: JsonRecord): ApiAnswer => ({ status: 200, headers: {}, body, delayMs: 0, isDropped: false });

async function answerOf(context: ApiContext, request: ApiRequest): Promise<ApiAnswer> {
  try {
    return answered({ ok: true, ...(await run(context, request)) });
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    context.log?.debug({ method: request.method, error: error.code, details: error.details }, 'sandbox refused a call');
    if (error instanceof RateLimited) return rateLimited(error.retryAfterSeconds);
    return answered({ ok: false, error: error.code, ...error.details });
  }
}

async function faultyAnswer(
  context: ApiContext,
  request: ApiRequest,
  fault: CallFault | undefined,
): Promise<ApiAnswer> {
  switch (fault?.kind) {
    case 'rate_limit':
      return rateLimited(fault.retryAfterSeconds);
    case 'refuse':
      return answered({ ok: false, error: fault.error });
    case 'fail':
      return broken();
    case 'fail_after_accepting':
      await answerOf(context, request);
      return broken();
    case 'drop_response':
      return { ...(await answerOf(context, request)), isDropped: true };
    case 'slow':
      return { ...(await answerOf(context, request)), delayMs: fault.ms };
    default:
      return answerOf(context, request);
  }
}

/** Answers a request, showing whatever fault was asked for. */
export async function dispatch(context: ApiContext, request: ApiRequest): Promise<ApiAnswer> {
  const answer = await faultyAnswer(context, request, context.faults.takeCallFault(request.method));
  return { ...answer, headers: { ...answer.headers, 'x-oauth-scopes': [...context.scopes].join(',') } };
}
