/** An incident whose cause is known, because it was planted. */
import type { CauseCategory } from '../../../src/core/assess/assessment.ts';
import type { Mark } from '../../../src/core/query/why/why.ts';
import type { Effect, Page, Plan, Rollout } from './world-plan.ts';

export interface Scenario {
  id: string;
  /** The kind of scenario, over which results are summed. */
  family: string;
  /** What was planted: each of them has to be among the first two hypotheses. */
  causes: readonly CauseCategory[];
  /** The page it is read on. */
  page: string;
  plan: Plan;
  marks?: readonly Mark[];
  /** Share of left events without a right one on the last days, of a declared pair on the page. */
  unmatched?: { share: number; days: number };
}

/** How errors of each kind are called; the tuning part and the held-out part use different ones. */
export interface Names {
  code: readonly string[];
  upstream: readonly string[];
  credentials: readonly string[];
  rateLimit: readonly string[];
  payment: readonly string[];
  database: readonly string[];
  configuration: readonly string[];
  /** That say nothing. */
  plain: readonly string[];
}

const page = (surface: string, views: number, more: Partial<Page> = {}): Page => ({
  ...{ surface, views, requests: views * 2, errorRate: 0.012, latency: 640, actionRate: 0.3 },
  ...{ ticketRate: 0.003, orderRate: 0 },
  ...more,
});

export const pages = (scale: number): Page[] => [
  page('/checkout', 1_500 * scale, { orderRate: 0.7 }),
  page('/cart', 1_900 * scale),
  page('/search', 2_400 * scale, { errorRate: 0.006, latency: 420 }),
  page('/orders', 900 * scale, { errorRate: 0.015 }),
  page('/reports', 500 * scale, { latency: 1_400, errorRate: 0.02 }),
  page('/webhooks/orders', 0, { requests: 1_400 * scale, latency: 210, errorRate: 0.004 }),
];

export const plan = (
  seed: number,
  scale: number,
  effects: readonly Effect[],
  rollouts: readonly Rollout[] = [],
): Plan => ({
  ...{ seed, pages: pages(scale), effects },
  rollouts: [{ release: 'web@3.9.0', daysAgo: 17, shares: [0.5, 1] }, ...rollouts],
});
