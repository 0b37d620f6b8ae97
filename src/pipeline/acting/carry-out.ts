/** One execution that this process holds: looked at once more, begun, and ended or given back. */
import type { ActionContext, PreparedAction } from '../../core/actions.ts';
import { endOf } from '../../core/proposal/execution.ts';
import { lookOnceMore } from '../../core/proposal/last-look.ts';
import {
  afterAsking,
  afterTry,
  type LastingStep,
  type NextStep,
  type TryOutcome,
} from '../../core/proposal/next-step.ts';
import { type Proposal, proposalName, surfaceOf } from '../../core/proposal/proposal.ts';
import { redact } from '../../core/text/redact.ts';
import type { ClaimedExecution } from '../acting.ts';
import { isOver } from './is-over.ts';
import { whileLeased } from './lease.ts';
import { type Rules, readRules } from './rules.ts';
import type { WorkerContext } from './worker-context.ts';

/** Where the look was overtaken, or everything is stopped, and it may have run: asked anew after this long. */
const LOOK_AGAIN_MS = 15_000;
/** The other side may be down for a while: it is asked for this long, this far apart. */
const ASK_AGAIN_MS = 60_000;
const ASK_FOR_MS = 3_600_000;
const SUMMARY_LENGTH = 500;

/**
 * Begins what still holds and writes down what came of it; what may have run before is asked about first, and never begun
 * again without an answer. @throws ConflictError where the lease is somebody else’s by the end.
 */
export async function carryOut(
  context: WorkerContext,
  { proposal, execution, mayHaveRun }: ClaimedExecution,
): Promise<void> {
  const { stores, owner, clock, timezone, leaseMs } = context;
  const { id, attempts } = execution;
  // Before anything is looked at: what changes from here on keeps it from beginning.
  const authority = await stores.executions.authority();
  const rules = await readRules(context, proposal);
  if (mayHaveRun) {
    const step = await whatBecame(context, proposal, rules);
    if (step.kind !== 'again') return take(context, id, step);
  }
  const verdict = lookOnceMore(proposal, { ...rules, isOver: await isOver(stores, proposal), at: clock(), timezone });
  if (verdict.kind === 'later') return stores.executions.release(id, owner, verdict.notBefore);
  if (verdict.kind === 'never' || rules.type === undefined || rules.prepared === undefined) {
    const words = verdict.kind === 'never' ? verdict.words : 'It cannot run any more.';
    const end = mayHaveRun
      ? endOf('uncertain', `Nobody can tell whether it happened, and it is not tried again: ${words}`)
      : endOf('cancelled', `Not done. ${words}`);
    return stores.executions.finish(id, owner, end);
  }
  const leaseUntil = clock() + leaseMs;
  if (!(await stores.executions.begin(id, owner, { version: proposal.version, authority, attempts }, leaseMs)))
    return stores.executions.release(id, owner, clock() + (mayHaveRun ? LOOK_AGAIN_MS : 0));
  const { idempotent, timeoutMs } = rules.type;
  // A process that was held up since may no longer own what it is about to do.
  const outcome: TryOutcome =
    clock() < leaseUntil ? await attempt(context, proposal, rules.prepared, timeoutMs) : { kind: 'unknown' };
  return take(context, id, afterTry(outcome, { attempts: attempts + 1, idempotent, at: clock() }));
}

/** Asks the other side what became of a try that nobody heard the end of. */
async function whatBecame(context: WorkerContext, proposal: Proposal, { type, prepared }: Rules): Promise<NextStep> {
  const { clock, log } = context;
  const at = clock();
  const { attempts = 1, startedAt = null } = proposal.execution ?? {};
  const setting = { attempts, idempotent: type?.idempotent ?? false, at };
  if (prepared === undefined) return afterAsking({ kind: 'unknown' }, { ...setting, idempotent: false });
  try {
    const answer = await whileLeased(context, proposal, ASK_AGAIN_MS, (signal) =>
      prepared.reconcile(actionContext(context, proposal, signal)),
    );
    return afterAsking(answer, setting);
  } catch (err) {
    log.warn({ err, proposal: proposal.id }, 'could not ask what became of an action');
    if (at - (startedAt ?? at) < ASK_FOR_MS) return { kind: 'ask', notBefore: at + ASK_AGAIN_MS };
    return afterAsking({ kind: 'unknown' }, setting);
  }
}

/** Whatever is thrown, the time limit included, is "nobody knows". */
async function attempt(
  context: WorkerContext,
  proposal: Proposal,
  prepared: PreparedAction,
  timeoutMs: number,
): Promise<TryOutcome> {
  try {
    return await whileLeased(context, proposal, timeoutMs, (signal) =>
      prepared.execute(actionContext(context, proposal, signal)),
    );
  } catch (err) {
    context.log.warn({ err, proposal: proposal.id, action: proposal.action.type }, 'nobody heard the end of an action');
    return { kind: 'unknown' };
  }
}

async function take({ stores, owner }: WorkerContext, id: string, step: LastingStep): Promise<void> {
  switch (step.kind) {
    case 'finish':
      return stores.executions.finish(id, owner, { ...step.end, summary: safeSummary(step.end.summary) });
    case 'retry':
      return stores.executions.retry(id, owner, step.notBefore, safeSummary(step.summary));
    case 'ask':
      return stores.executions.release(id, owner, step.notBefore);
  }
}

function actionContext({ clock }: WorkerContext, proposal: Proposal, signal: AbortSignal): ActionContext {
  const { action, approvals, execution, number, subject, version, why } = proposal;
  return {
    idempotencyKey: `${action.type}:${execution?.id ?? proposal.id}`,
    proposal: proposalName(number),
    about: {
      proposalId: proposal.id,
      surface: surfaceOf(subject),
      incidentId: subject.kind === 'incident' ? subject.incidentId : null,
    },
    why,
    approvedBy: approvals.filter((one) => one.version === version).map(({ user }) => user),
    queuedAt: execution?.queuedAt ?? proposal.createdAt,
    at: clock(),
    signal,
  };
}

/** What the other side said may hold more than people should read. */
const safeSummary = (words: string): string => redact(words.slice(0, 2 * SUMMARY_LENGTH)).slice(0, SUMMARY_LENGTH);
