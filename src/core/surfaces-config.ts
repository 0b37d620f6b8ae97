/** What a workspace says of its own pages: the rules that join them, and how many there may be. */
import { z } from 'zod';
import { configObject, configText } from './event-selector.ts';
import { parseSurfaceRule } from './text/surface-rules.ts';

const MOST_RULES = 200;
const DEFAULT_CAP = 500;

const ruleSchema = configText(200).transform((sent, context) => {
  const rule = parseSurfaceRule(sent);
  if (rule !== null) return rule;
  const message = 'must be a path that begins with a word and holds a :name or ends in /*, such as /products/:id';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

export const surfacesSchema = configObject({
  rules: z
    .array(ruleSchema, { error: 'must be a list' })
    .max(MOST_RULES, { error: `must have at most ${MOST_RULES} entries` })
    .transform((rules) => [...new Set(rules)])
    .optional(),
  cap: z
    .int({ error: 'must be a whole number' })
    .min(10, { error: 'must be at least 10' })
    .max(20_000, { error: 'must be at most 20000' })
    .optional(),
});

export interface SurfacesConfig {
  /** The first that fits names the page. */
  rules: readonly string[];
  /** How many different pages are told apart. */
  cap: number;
}

export function surfacesOf(declared: z.infer<typeof surfacesSchema> | undefined): SurfacesConfig {
  return { rules: declared?.rules ?? [], cap: declared?.cap ?? DEFAULT_CAP };
}
