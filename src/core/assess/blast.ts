/** Whom and what it hits: pages, accounts and people as bounds, and the step of a declared funnel. */
import { createSurfaceMatcher } from '../delivery/surface-pattern.ts';
import { formatCount } from '../facts/render.ts';
import type { Funnel } from '../funnel.ts';
import type { Fact } from '../records.ts';
import type { BlastRadius } from './assessment.ts';
import type { Situation } from './situation.ts';

const MOST_PAGES = 20;

export const blastOf = (situation: Situation, funnels: readonly Funnel[]): BlastRadius => ({
  surfaces: situation.surfaces.slice(0, MOST_PAGES),
  accounts: situation.accounts,
  users: situation.users,
  stage: stageOf(situation.surfaces, funnels),
});

/** "12 accounts", or "12–19 accounts" where tools know people by different ids. */
export function blastFacts({ surfaces, accounts, users }: BlastRadius): Fact[] {
  const bounds = (id: string, label: string, unit: string, of: [number, number] | null): Fact[] => {
    if (of === null) return [];
    const [low, high] = of;
    const text = low === high ? formatCount(high) : `${formatCount(low)}–${formatCount(high)}`;
    return [{ id, label, value: high, unit, text: `${text} ${high === 1 ? unit.slice(0, -1) : unit}` }];
  };
  return [
    ...(surfaces.length > 0 ? bounds('blast.pages', 'Pages', 'pages', [surfaces.length, surfaces.length]) : []),
    ...bounds('blast.accounts', 'Accounts hit', 'accounts', accounts),
    ...bounds('blast.users', 'Users hit', 'users', users),
  ];
}

/** The first step, of the first funnel, that is on one of the pages. */
function stageOf(surfaces: readonly string[], funnels: readonly Funnel[]): BlastRadius['stage'] {
  for (const { id, steps } of funnels)
    for (const [index, { type, surface }] of steps.entries())
      if (surface !== undefined && surfaces.some(createSurfaceMatcher(surface)))
        return { funnel: id, step: `step ${index + 1} of ${steps.length}, ${type ?? 'events'} on ${surface}` };
  return null;
}
