/** A way people take through the product, step by step. */
import { z } from 'zod';
import { createSurfaceMatcher } from './delivery/surface-pattern.ts';
import { configId, configObject, eventSelectorSchema } from './event-selector.ts';

export const funnelSchema = configObject({
  id: configId,
  steps: z
    .array(eventSelectorSchema, { error: 'must be a list of event selectors' })
    .min(2, { error: 'must have at least 2 steps' })
    .max(20, { error: 'must have at most 20 steps' }),
});
export type Funnel = z.infer<typeof funnelSchema>;

/** What holds until a workspace declares its own. */
export const DEFAULT_FUNNELS: readonly Funnel[] = [
  {
    id: 'checkout',
    steps: [
      { type: 'pageview', surface: '/cart' },
      { type: 'pageview', surface: '/checkout' },
      { type: 'action', surface: '/checkout' },
      { type: 'revenue', surface: '/checkout' },
    ],
  },
];

/** The pages people pass, in order: steps on the same page are one, steps without a page are left out. */
export function stagesOf({ steps }: Pick<Funnel, 'steps'>): { pattern: string; has(surface: string): boolean }[] {
  const patterns = steps.flatMap(({ surface }) => surface ?? []);
  return patterns
    .filter((pattern, index) => pattern !== patterns[index - 1])
    .map((pattern) => ({ pattern, has: createSurfaceMatcher(pattern) }));
}
