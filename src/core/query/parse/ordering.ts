/** In which order groups are listed, and how many. */
import { findMetric } from '../../catalogue/index.ts';
import { MOST_ROWS } from '../metric-query.ts';
import { ASCENDING, DESCENDING } from './extremes.ts';
import type { Mention } from './lexicon.ts';
import { readLimit } from './limit.ts';
import { wordsBefore } from './neighbours.ts';
import { numberOf } from './number-words.ts';
import { meant, type Sentence } from './sentence.ts';
import { isPlural, type Token } from './tokens.ts';

export interface Ordering {
  order: 'asc' | 'desc' | null;
  limit: number | null;
}

/** Order and number of groups, as far as the words say: worst and best follow what is good for the metric. */
export function readOrdering(sentence: Sentence, metric: string | null, groupBy: readonly string[]): Ordering {
  const { tokens, mentions } = sentence;
  const free = tokens.filter(({ taken }) => !taken);
  const good = findMetric(metric ?? '')?.good ?? 'neither';
  let order: 'asc' | 'desc' | null = null;
  let limit: number | null = null;
  let extreme = false;
  for (const [index, { word }] of free.entries()) {
    const [before, after] = [free[index - 1]?.word, free[index + 1]?.word];
    const direction = directionOf(word, good, metric);
    if (direction === null) continue;
    if (
      /^(?:more|fewer|less|higher|lower|better|worse)$/.test(word) &&
      !/^(?:has|have|had|with|gets?|is|are|was|were)$/.test(before ?? '')
    )
      continue;
    extreme = true;
    order ??= direction;
    const number = numberOf(after) ?? numberOf(before);
    const counted = after === 'one' || (before === 'one' && word !== 'most');
    if (number !== undefined && !(counted && groupBy.length === 0) && number <= 200) limit ??= number;
  }
  limit ??= groupBy.length > 0 ? readLimit(sentence) : null;
  if (
    limit === null &&
    extreme &&
    isSingular(tokens, mentions, groupBy) &&
    !/\b(?:first|order(?:ed)?|sort(?:ed)?|rank(?:ed)?)\b/.test(sentence.plain)
  )
    limit = 1;
  return { order, limit: limit === null ? null : Math.max(1, Math.min(limit, MOST_ROWS)) };
}

function directionOf(word: string, good: 'up' | 'down' | 'neither', metric: string | null): 'asc' | 'desc' | null {
  if (word === 'worst' || word === 'worse') return good === 'up' ? 'asc' : 'desc';
  if (word === 'best' || word === 'better') return good === 'down' ? 'asc' : 'desc';
  if (/^(?:fastest|quickest)$/.test(word)) return metric === null || LOWER_IS_FASTER.has(metric) ? 'asc' : 'desc';
  if (DESCENDING.test(word)) return 'desc';
  return ASCENDING.test(word) ? 'asc' : null;
}

const LOWER_IS_FASTER = new Set(['latency_p50', 'latency_p95', 'first_response_minutes']);

/** "the worst one", "which is best", "highest only". */
const ONE_OF =
  /\bone\b|\bwhich (?:is|was|has|had)\b|^(?:(?:and|ok|the|now|then) )*(?:(?:only|just) (?:the )?\w+|\w+ (?:only|alone))$/u;

/** "which page has the most": one is asked for. */
function isSingular(tokens: readonly Token[], mentions: readonly Mention[], groupBy: readonly string[]): boolean {
  const [dimension] = groupBy;
  if (dimension === undefined) return false;
  if (/\bwhich one\b/u.test(tokens.map(({ word }) => word).join(' '))) return true;
  const named = meant(mentions, 'dimension').filter(({ meaning }) => meaning.id === dimension);
  if (named.length === 0) return ONE_OF.test(tokens.map(({ word }) => word).join(' '));
  return named.some(({ mention }) => {
    const [near = ''] = wordsBefore(tokens, mention, 1);
    return (
      !isPlural(tokens[mention.end - 1]) &&
      near !== 'by' &&
      near !== 'per' &&
      near !== 'each' &&
      near !== 'every' &&
      near !== 'across'
    );
  });
}
