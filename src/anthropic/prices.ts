/** In dollars a million tokens. */
interface Price {
  input: number;
  output: number;
}

/**
 * By the beginning of a model's name; the longest that fits counts. List prices of November 2026, for prompts as short
 * as ours: platform.claude.com/docs/en/about-claude/pricing.
 */
const PRICES: Readonly<Record<string, Price>> = {
  'claude-mythos-5': { input: 10, output: 50 },
  'claude-fable-5': { input: 10, output: 50 },
  'claude-opus-5-5': { input: 4, output: 20 },
  'claude-opus-5': { input: 5, output: 25 },
  'claude-opus-4': { input: 5, output: 25 },
  'claude-sonnet-5': { input: 2, output: 10 },
  'claude-sonnet-4': { input: 3, output: 15 },
  'claude-haiku-5-5': { input: 0.1, output: 0.5 },
  'claude-haiku-4': { input: 1, output: 5 },
};

const DEAREST = 'claude-fable-5';

export interface Tokens {
  input: number;
  output: number;
}

/** What a call costs in micro-dollars, rounded up; null for a model without a list price. */
export function costOf(model: string, { input, output }: Tokens): number | null {
  const [name] = Object.keys(PRICES)
    .filter((beginning) => model.startsWith(beginning))
    .sort((a, b) => b.length - a.length);
  const price = name === undefined ? undefined : PRICES[name];
  return price === undefined ? null : Math.ceil(input * price.input + output * price.output);
}

/** What an unlisted model is counted as where it is the provider's own: a new name must not be a way past the budget. */
export const dearestCost = (tokens: Tokens): number => costOf(DEAREST, tokens) ?? 0;
