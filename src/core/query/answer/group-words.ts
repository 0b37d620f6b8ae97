import { findDimension } from '../../catalogue/index.ts';
import { joinWords } from '../../facts/render.ts';
import type { ResultRow } from '../metric-result.ts';
import { dimensionNoun } from './figure-words.ts';

/** "/checkout", "growth · ios", "(no plan)". */
export function groupName(key: ResultRow['key'], dimensions: readonly string[]): string {
  return dimensions.map((dimension) => key[dimension] ?? `(no ${nounOf(dimension, 1)})`).join(' · ');
}

/** "page", "pages", "plans and platforms". */
export function groupNoun(dimensions: readonly string[], count: number): string {
  return joinWords(dimensions.map((dimension) => nounOf(dimension, count)));
}

const nounOf = (dimension: string, count: number): string =>
  dimensionNoun(findDimension(dimension)?.label ?? dimension, dimension, count);
