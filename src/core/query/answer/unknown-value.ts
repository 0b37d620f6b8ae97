/** Pages and values that nothing has ever named, and what they were meant to be. */
import { distance } from 'fastest-levenshtein';
import type { CheckedQuery } from '../metric-query.ts';
import type { Vocabulary } from '../vocabulary.ts';

export interface Unknown {
  dimension: string;
  value: string;
  nearest: string[];
}

/** A page or value that nothing has ever named. */
export function findUnknown(query: CheckedQuery, { surfaces, values }: Vocabulary): Unknown | null {
  if (query.surface !== null && !query.surface.includes('*') && !surfaces.includes(query.surface))
    return { dimension: 'surface', value: query.surface, nearest: nearestOf(query.surface, surfaces) };
  for (const [dimension, value] of Object.entries(query.filters)) {
    const known = dimension === 'surface' ? surfaces : values[dimension];
    if (typeof value !== 'string' || known === undefined || known.length === 0 || known.includes(value)) continue;
    return { dimension, value, nearest: nearestOf(value, known) };
  }
  return null;
}

/** The three that are spelt most alike; none that is nothing like it. */
export function nearestOf(value: string, known: readonly string[]): string[] {
  return known
    .map((name) => ({
      name,
      far: distance(value.toLowerCase(), name.toLowerCase()) / Math.max(value.length, name.length),
    }))
    .filter(({ far }) => far <= 0.6)
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ name }) => name);
}
