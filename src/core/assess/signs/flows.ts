/** What came through: views, requests, actions and orders against the same time a week earlier, and how fast. */
import type { CheckAnswers, CheckId } from '../checks/check.ts';
import { pageOf, type Situation } from '../situation.ts';

/** An amount against what the same time a week earlier had. */
export interface Flow {
  now: number;
  usual: number;
  ratio: number;
}

export interface FlowSigns {
  views: Flow | null;
  /** Of all other pages together. */
  otherViews: Flow | null;
  requests: Flow | null;
  actions: Flow | null;
  orders: Flow | null;
  latency: (Flow & { sample: number }) | null;
}

const ENOUGH = 20;

export function readFlows(answers: CheckAnswers, situation: Situation): FlowSigns {
  const page = pageOf(situation);
  const pages = answers.get('views-by-page')?.parts ?? [];
  const own = pages.filter(({ value }) => value === page);
  const others = pages.filter(({ value }) => value !== null && value !== page);
  const sum = (parts: typeof pages): Flow | null =>
    flowOf(total(parts.map(({ now }) => now.count)), total(parts.map(({ before }) => before.count)));
  const latency = answers.get('latency')?.total;
  return {
    // A page that has no row now had one a week earlier, or has no views at all.
    views: page === null ? null : sum(own),
    otherViews: sum(others),
    requests: ofTotal(answers, 'requests'),
    actions: ofTotal(answers, 'actions'),
    orders: ofTotal(answers, 'orders'),
    latency:
      latency && latency.now.exposure >= ENOUGH && latency.before.exposure >= ENOUGH
        ? { ...ratio(latency.now.count, latency.before.count), sample: latency.now.exposure }
        : null,
  };
}

function ofTotal(answers: CheckAnswers, id: CheckId): Flow | null {
  const answer = answers.get(id)?.total;
  return answer ? flowOf(answer.now.count, answer.before.count) : null;
}

/** Null where both are too few to say anything. */
const flowOf = (now: number, usual: number): Flow | null =>
  now >= ENOUGH || usual >= ENOUGH ? ratio(now, usual) : null;

const ratio = (now: number, usual: number): Flow => ({ now, usual, ratio: now / Math.max(usual, 1) });

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
