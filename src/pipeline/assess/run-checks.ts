/** Asks the closed queries of a situation: a bounded number, in bounded time. What fails is "no data". */
import type { CheckAnswer, CheckAnswers, CheckId, PlannedCheck } from '../../core/assess/checks/check.ts';
import { readAnswer } from '../../core/assess/checks/check.ts';
import { planChecks, planFollowUps, planLocation } from '../../core/assess/checks/plan.ts';
import { readFaults } from '../../core/assess/signs/faults.ts';
import { findSuspect } from '../../core/assess/signs/releases.ts';
import type { Situation } from '../../core/assess/situation.ts';
import { checkQuery } from '../../core/query/metric-query.ts';
import type { Clock, Log, MetricSetting, MetricStore } from '../ports.ts';

interface CheckContext {
  metrics: Pick<MetricStore, 'answer'>;
  setting: MetricSetting;
  clock: Clock;
  log: Log;
  /** Milliseconds for all checks of one situation; those that have not begun by then are left out. */
  deadlineMs?: number;
}

interface CheckedSituation {
  /** With the pages an error is on, where only its name was known. */
  situation: Situation;
  answers: CheckAnswers;
  /** Asked, and of these without an answer. */
  asked: number;
  failed: number;
}

const DEADLINE_MS = 20_000;
const CONCURRENCY = 2;
const MOST_PAGES = 5;

export async function runChecks(context: CheckContext, of: Situation): Promise<CheckedSituation> {
  const until = context.clock() + (context.deadlineMs ?? DEADLINE_MS);
  const answers = new Map<CheckId, CheckAnswer>();
  const counts = { asked: 0, failed: 0 };
  const ask = (checks: readonly PlannedCheck[]) => askAll(context, checks, until, answers, counts);

  await ask(planLocation(of));
  const situation = located(of, answers);
  await ask(planChecks(situation));
  const release = findSuspect(answers, situation);
  const signature = readFaults(answers, situation)?.kinds[0]?.value ?? null;
  await ask(planFollowUps(situation, { release, signature }));
  return { situation, answers, ...counts };
}

/** The pages an error came up on most. */
function located(situation: Situation, answers: CheckAnswers): Situation {
  const found = answers.get('spread')?.parts ?? [];
  if (situation.surfaces.length > 0 || found.length === 0) return situation;
  const surfaces = found.flatMap(({ value, now }) => (value !== null && now.count > 0 ? [value] : []));
  return { ...situation, surfaces: surfaces.slice(0, MOST_PAGES) };
}

async function askAll(
  context: CheckContext,
  checks: readonly PlannedCheck[],
  until: number,
  answers: Map<CheckId, CheckAnswer>,
  counts: { asked: number; failed: number },
): Promise<void> {
  const waiting = checks.values();
  const worker = async () => {
    for (const check of waiting) {
      counts.asked += 1;
      const answer = context.clock() < until ? await ask(context, check) : null;
      if (answer === null) counts.failed += 1;
      else answers.set(check.id, answer);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

async function ask({ metrics, setting, log }: CheckContext, check: PlannedCheck): Promise<CheckAnswer | null> {
  const { query, fault } = checkQuery(check.query);
  if (query === undefined) {
    log.warn({ check: check.id, fault: fault.kind }, 'a check does not fit its metric');
    return null;
  }
  try {
    return readAnswer(query, await metrics.answer(query, setting));
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown';
    log.warn({ check: check.id, reason }, 'a check has no answer');
    return null;
  }
}
