/** By which dimensions an answer is cut. */
import { EXTREME } from './extremes.ts';
import type { Mention } from './lexicon.ts';
import { wordsBefore } from './neighbours.ts';
import { numberOf } from './number-words.ts';
import { meant, type Sentence } from './sentence.ts';
import { isPlural, type Token } from './tokens.ts';
import { wordList } from './word-list.ts';

const BY = wordList('by per each every across between split breakdown among amongst grouped');
const WHICH = wordList('which what whichever whose');

/**
 * The dimensions the words cut by, in the order they are named; a query holds two.
 * @param claimed mentions that already mean something else here: the metric, a value, a page.
 */
export function readGrouping(sentence: Sentence, claimed: readonly Mention[], metric: string | null): string[] {
  const { tokens, mentions } = sentence;
  const found: { id: string; at: number }[] = [];
  for (const { mention, meaning } of meant(mentions, 'dimension')) {
    if (claimed.includes(mention) || isPerView(tokens, mention, metric)) continue;
    if (cuts(sentence, mention) && (meaning.id !== 'funnel' || isAskedFor(sentence, mention)))
      found.push({ id: meaning.id, at: mention.first });
  }
  for (const { mention, meaning } of meant(mentions, 'metric'))
    if (meaning.id === 'errors' && asKinds(tokens, mention, metric))
      found.push({ id: 'error_signature', at: mention.first });
  if (
    found.length === 0 &&
    /^who (?:had|has|have|is|are|caused|saw|sees)\b/u.test(sentence.plain) &&
    hasExtreme(tokens, 0) &&
    !/\bor\b/u.test(sentence.plain)
  )
    return ['account'];
  if (found.length === 0 && /^who (?:all )?(?:has |have )?(?:churned|quit)\b/u.test(sentence.plain)) return ['account'];
  if (found.length === 0 && LISTED_ACCOUNTS.test(sentence.plain)) return ['account'];
  if (found.length === 0 && /^where\b/u.test(sentence.plain) && metric !== null) return ['surface'];
  const ids = [...new Set(found.sort((a, b) => a.at - b.at).map(({ id }) => id))];
  // "Customers per plan" counts customers.
  const others = ids.length > 1 && metric === 'active_accounts' ? ids.filter((id) => id !== 'account') : ids;
  return others;
}

/** "Actions per view" are a rate; nothing is cut by pages. */
const isPerView = (tokens: readonly Token[], mention: Mention, metric: string | null): boolean =>
  metric?.endsWith('_rate') === true &&
  tokens[mention.first]?.word === 'view' &&
  wordsBefore(tokens, mention, 1)[0] === 'per';

/** "List accounts that churned": each by its name. */
const LISTED_ACCOUNTS =
  /^(?:please |can you |could you )*(?:list|name|show|give|which|what)(?: me| us)?(?: the| all| our)* (?:accounts|companies|customers|orgs|organi[sz]ations|clients)\b/u;

/** "The signup funnel" is no cut; "by funnel" and "which funnel" are. */
const isAskedFor = ({ tokens }: Sentence, mention: Mention): boolean => {
  const [near = ''] = wordsBefore(tokens, mention, 1);
  return near === 'by' || near === 'per' || near === 'each' || WHICH.has(near);
};

function cuts({ tokens, plain, mentions }: Sentence, mention: Mention): boolean {
  const before = wordsBefore(tokens, mention, 4);
  const [near = '', next = '', third = ''] = before;
  if (BY.has(near) || WHICH.has(near) || EXTREME.test(near)) return true;
  if (near === 'support' && WHICH.has(next)) return true;
  if (numberOf(near) !== undefined && isPlural(tokens[mention.end - 1])) return true;
  if (numberOf(near) !== undefined && (EXTREME.test(next) || WHICH.has(next) || ['first', 'the'].includes(next)))
    return true;
  if (numberOf(near) !== undefined && EXTREME.test(plain.split(' ').at(-1) ?? '')) return true;
  if (EXTREME.test(next) && /(?:ing|ed)$/u.test(near)) return true;
  if (
    EXTREME.test(next) &&
    (numberOf(third) !== undefined ||
      /^(?:visited|viewed|used|common|frequent|popular|active|affected|important|failing|expensive|slow|error|broken|loaded|called|hit|requested|trafficked)$/.test(
        near,
      ))
  )
    return true;
  const nextToken = tokens[mention.end];
  const following = nextToken && !nextToken.taken ? nextToken.word : '';
  if (/^(?:breakdown|split|ranking|comparison)$/.test(following)) return true;
  if (
    /^(?:with|that|which|who|having|where|has|have|had|ranked|sorted|ordered)$/.test(following) &&
    hasExtreme(tokens, mention.end)
  )
    return true;
  if ((near === 'of' || near === 'for') && /^(?:breakdown|split|list|ranking|each|kind|kinds|type|types)$/.test(next))
    return true;
  // "of all tools, which one"
  if (/^(?:all|of)$/.test(tokens[mention.first - 1]?.word ?? '') && WHICH.has(following)) return true;
  // "error signatures by count": what stands first is listed.
  if (
    mention.first === 0 &&
    isPlural(tokens[mention.end - 1]) &&
    /^(?:by|with|ranked|sorted|ordered|per)$/.test(following)
  )
    return true;
  // "lowest conversion rate page"
  if (
    hasExtreme(tokens.slice(0, mention.first), 0) &&
    mentions.some(({ end, meanings }) => end === mention.first && meanings.some(({ kind }) => kind === 'metric'))
  )
    return true;
  // "errors by release and plan": what "and" adds is cut by too.
  if ((near === 'and' || near === 'then') && isPartOfGrouping(tokens, mention)) return true;
  return (
    /^(?:list|rank|ranked|compare|group|split|show|give|break|name|add)$/.test(near) &&
    (isPlural(tokens[mention.end - 1]) || near !== 'show')
  );
}

function isPartOfGrouping(tokens: readonly Token[], mention: Mention): boolean {
  return tokens.slice(Math.max(0, mention.first - 5), mention.first).some(({ word, taken }) => !taken && BY.has(word));
}

const hasExtreme = (tokens: readonly Token[], from: number): boolean =>
  tokens.slice(from, from + 8).some(({ word, taken }) => !taken && EXTREME.test(word));

/** "top 3 errors", "which errors", "most common exceptions": kinds of errors. */
function asKinds(tokens: readonly Token[], mention: Mention, metric: string | null): boolean {
  if (metric !== 'errors' || mention.end - mention.first !== 1 || mention.meanings.length !== 1) return false;
  const [near = '', next = ''] = wordsBefore(tokens, mention, 2);
  const ranked = /^(?:top|common|frequent|commonest|biggest|main|worst|leading)$/;
  if (near === 'one' && next === 'number') return true;
  if (!isPlural(tokens[mention.end - 1]) && !/^(?:common|frequent|commonest|biggest|top)$/.test(near)) return false;
  return (
    ranked.test(near) || WHICH.has(near) || (numberOf(near) !== undefined && (ranked.test(next) || next === 'first'))
  );
}
