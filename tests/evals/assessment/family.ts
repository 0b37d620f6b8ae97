/** What a kind of incident is drawn from, and the pieces that several kinds share. */
import type { CauseCategory } from '../../../src/core/assess/assessment.ts';
import type { Rng } from '../../../src/core/simulate/rng.ts';
import type { Names, Scenario } from './scenario.ts';
import type { Effect, Rollout } from './world-plan.ts';

export interface Draw {
  seed: number;
  rng: Rng;
  names: Names;
  scale: number;
}

export type Drawn = Pick<Scenario, 'causes' | 'page'> & {
  effects: readonly Effect[];
  rollouts?: readonly Rollout[];
} & Partial<Pick<Scenario, 'marks' | 'unmatched'>>;

export type Family = (draw: Draw) => Drawn;

export const WITH_VIEWS = ['/checkout', '/cart', '/search', '/orders', '/reports'] as const;
export const NEW = 'web@3.10.0';

export const from = (rng: Rng, low: number, high: number): number => low + (high - low) * rng.next();
export const one = (rng: Rng, pages: readonly string[] = WITH_VIEWS): string => rng.pick(pages);
export const rollout = (rng: Rng, daysAgo = 1): Rollout => ({
  ...{ release: NEW, daysAgo },
  shares: [from(rng, 0.4, 0.7), from(rng, 0.75, 0.97)],
});
export const causes = (...of: readonly CauseCategory[]) => of;

export const errorsOn = (page: string, signature: string, rate: number, more: object = {}): Effect => ({
  ...{ pages: [page], days: 1 },
  errors: [{ signature, rate, ...more }],
});
