/** What a workspace's data names: the surfaces and values a question may mean. Never rows, never people. */

export interface Vocabulary {
  /** Route templates that have data, most used first. */
  readonly surfaces: readonly string[];
  /** Values of a dimension that have data, most used first; `funnel` holds the declared ones. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** Sources that have ever sent an event. */
  readonly sources: readonly string[];
}

const extended = new WeakMap<Vocabulary, { funnels: string; vocabulary: Vocabulary }>();

/** The vocabulary with the declared funnels; the same object for the same ones, as much is remembered by it. */
export function withFunnels(vocabulary: Vocabulary, funnels: readonly string[]): Vocabulary {
  const key = funnels.join();
  const known = extended.get(vocabulary);
  if (known?.funnels === key) return known.vocabulary;
  const made = { ...vocabulary, values: { ...vocabulary.values, funnel: funnels } };
  extended.set(vocabulary, { funnels: key, vocabulary: made });
  return made;
}

export const EMPTY_VOCABULARY: Vocabulary = { surfaces: [], values: {}, sources: [] };
