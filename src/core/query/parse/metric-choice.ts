/** Which metric a question is about. */
import type { Mention } from './lexicon.ts';
import { metricOfIdiom } from './metric-idioms.ts';
import { wordsAfter, wordsBefore } from './neighbours.ts';
import { meant, type Sentence } from './sentence.ts';
import { isMarkedValue } from './values.ts';
import { stemList, wordList } from './word-list.ts';

export interface MetricRead {
  id: string;
  /** Null where the metric was understood from a turn of phrase. */
  mention: Mention | null;
}

/** Words that name a metric only where nothing better does. */
const WEAK = stemList(
  `bug credit prompt chat purchase error ticket latency revenue sale complaint visit interaction order message`,
);
/** Words that are hardly ever the metric when anything else may be: "users", "calls". */
const VERY_WEAK = stemList(
  `user people account visitor hit view answer response speed case contact call action conversion request click`,
);
const EACH = wordList('per each every across');
const ON = wordList('on at under');
/** What is asked which of is what the answer is cut by: "which accounts?". */
const WHICH = wordList('which what');
const OF = wordList('in of for to from');
const PAGES = wordList('page screen route flow view pages screens');

const FUNNELS = wordList('funnel flow journey');

const STRONG = 3;
const VERY_WEAK_WEIGHT = 1;

/** The metric named, or asked for in other words. */
export function readMetric(sentence: Sentence): MetricRead | undefined {
  const { plain, written } = sentence;
  const [best] = meant(sentence.mentions, 'metric')
    .map(({ mention, meaning }) => ({ id: meaning.id, mention, weight: weigh(sentence, mention) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.mention.first - b.mention.first);
  const idiom = metricOfIdiom(plain) ?? (BUSY.test(sentence.whole) ? 'pageviews' : undefined);
  const asPart = idiom !== undefined && PART_OF.test(plain) && !VAGUE_IDIOMS.has(idiom);
  const named = best !== undefined && best.weight >= STRONG && BUILDS_ON[best.id]?.has(idiom ?? '') !== true;
  if (best && !asPart && (named || idiom === undefined))
    return { id: counted(best.id, sentence), mention: best.mention };
  if (idiom !== undefined) return preferred(idiom, best, sentence);
  const status = written.some(({ slot }) => slot === 'status');
  if (!status) return undefined;
  const failures = /\b(?:rates?|share|percentage|percent|ratio)\b/u.test(plain) ? 'failure_rate' : 'request_failures';
  return { id: isOnlyFailures(sentence) ? failures : 'requests', mention: null };
}

const JOINT = /^(?:and|vs|versus|against|or)$/u;
/** What makes one figure of two: "errors divided by users", "is revenue related to errors". */
const RELATING =
  /^(?:(?:is|are|be) )?(?:to|per|minus|plus|times|divided by|over|as a share of|relative to|in relation to|compared (?:to|with)|(?:related|linked|tied) to|correlat\w+ (?:to|with)|affect\w*|impact\w*|influenc\w+|driv\w+|caus\w+|depends? on)$/u;

/** Metrics that stand side by side, "conversion vs churn": a query holds one. Empty where there is none or one. */
export function joinedMetrics(sentence: Sentence): string[] {
  const { tokens } = sentence;
  const named = meant(sentence.mentions, 'metric').filter(({ mention }) => weigh(sentence, mention) > 0);
  for (const { mention, meaning } of named) {
    const other = named.find((one) => one.mention.first > mention.end && one.meaning.id !== meaning.id);
    const between = tokens.slice(mention.end, other?.mention.first);
    const joint = between.length < 5 ? between.map(({ word }) => word).join(' ') : '';
    const isSame = named.some((one) => one.mention === other?.mention && one.meaning.id === meaning.id);
    const relates = RELATING.test(joint) && [meaning.id, other?.meaning.id].includes(readMetric(sentence)?.id);
    if (other && !isSame && between.every(({ taken }) => !taken) && (JOINT.test(joint) || relates))
      return [meaning.id, other.meaning.id].map((id, _, both) => besideOther(id, both, sentence));
  }
  return [];
}

/** "Conversion" beside a rate is one; "affected users and accounts" are both affected. */
function besideOther(id: string, both: readonly string[], { plain }: Sentence): string {
  if (id === 'actions' && /\bconversion\b/u.test(plain)) return 'conversion_rate';
  return id === 'active_accounts' && both.includes('affected_users') ? 'affected_accounts' : id;
}

/** What is more than the count it is named after: "tickets … without an answer". */
const BUILDS_ON: Readonly<Record<string, ReadonlySet<string>>> = {
  tickets: wordList('unanswered_tickets ticket_rate first_response_minutes'),
  errors: wordList('error_rate affected_accounts affected_users tool_failure_rate'),
  requests: wordList('failure_rate request_failures'),
  request_failures: wordList('failure_rate tool_failure_rate'),
  churn_rate: wordList('churned_accounts'),
  replies: wordList('first_response_minutes unanswered_tickets'),
  credits_used: wordList('credit_exhausted_users credit_exhaustion_rate'),
  pageviews: wordList('error_rate ticket_rate dropoff_rate'),
  revenue: wordList('aov revenue_at_risk'),
  orders: wordList('aov'),
  dropoffs: wordList('dropoff_rate'),
  new_users: wordList('activation_rate retention_rate'),
  active_users: wordList('retention_rate activation_rate credit_exhausted_users credit_exhaustion_rate affected_users'),
  active_accounts: wordList('churned_accounts churn_rate affected_accounts'),
  credit_exhausted_users: wordList('credit_exhaustion_rate'),
};

/** "Flip the order", "ascending order". */
const SORTING =
  /\b(?:flip|reverse|revers\w+|invert|change|switch|swap|sort|turn|ascending|descending|alphabetical|opposite|other) (?:around |round )?(?:the |that |this |its )*$/u;

/** Read as time, so that nothing of it is left: "the busiest hour". */
const BUSY = /\b(?:busiest|quietest|peak) (?:hour|day|week|month)\b/u;

export const PART_OF = /\b(?:share|percentage|percent|pct|fraction|proportion) of\b/u;

/** "500 errors" are failed requests with that status. */
function counted(id: string, { written }: Sentence): string {
  return id === 'errors' && written.some(({ slot }) => slot === 'status') ? 'request_failures' : id;
}

const isOnlyFailures = ({ written }: Sentence): boolean =>
  written.some(({ slot, value }) => slot === 'status' && value === '5xx');

/** An idiom says more than a weak word: "users who ran out of credits" are not active users. */
function preferred(
  idiom: string,
  best: { id: string; mention: Mention; weight: number } | undefined,
  sentence: Sentence,
): MetricRead {
  if (best && (idiom === best.id || (VAGUE_IDIOMS.has(idiom) && best.weight > VERY_WEAK_WEIGHT)))
    return { id: counted(best.id, sentence), mention: best.mention };
  return { id: counted(idiom, sentence), mention: null };
}

/** Idioms of one word, which a metric's own name beats. */
const VAGUE_IDIOMS = wordList(
  'errors request_failures latency_p95 latency_p50 pageviews dropoffs orders conversion_rate tickets active_accounts funnel_conversion',
);

/** "Bugs vs questions" are two kinds of tickets. */
function isBesideItsLike(tokens: Sentence['tokens'], mentions: readonly Mention[], mention: Mention): boolean {
  const kindsOf = (one: Mention): string[] => meant([one], 'value').map(({ meaning }) => meaning.dimension);
  const joint = (at: number): boolean => /^(?:vs|versus|against)$/.test(tokens[at]?.word ?? '');
  const beside = mentions.filter(
    ({ first, end }) =>
      (joint(mention.end) && first === mention.end + 1) || (joint(mention.first - 1) && end === mention.first - 1),
  );
  const own = kindsOf(mention);
  return beside.some((one) => kindsOf(one).some((dimension) => own.includes(dimension)));
}

/** How much speaks for the words being the metric; zero where they are something else. */
function weigh({ tokens, mentions }: Sentence, mention: Mention): number {
  const length = mention.end - mention.first;
  const [before = ''] = wordsBefore(tokens, mention, 1);
  const [after = ''] = wordsAfter(tokens, mention, 1);
  const stem = tokens[mention.first]?.stem ?? '';
  const rivals = mention.meanings.filter(({ kind }) => kind !== 'metric');
  if (rivals.some((rival) => rival.kind === 'value' && isMarkedValue(rival.dimension, tokens, mention))) return 0;
  if (isBesideItsLike(tokens, mentions, mention)) return 0;
  const place = rivals.some(({ kind }) => kind === 'surface' || kind === 'dimension');
  if (place && PAGES.has(after)) return 0;
  if (place && (ON.has(before) || WHICH.has(before))) return 0;
  if (place && OF.has(before)) return 0.5;
  if (length === 1 && EACH.has(before)) return 0;
  // "By account" cuts, and a funnel is called after what it ends in.
  if (before === 'by' && rivals.some(({ kind }) => kind === 'dimension') && tokens[mention.first]?.word !== 'views')
    return 0;
  // "Page load time" counts no page loads.
  if (/^loads?$/.test(tokens[mention.end - 1]?.word ?? '') && /^(?:times?|speed|duration)$/.test(after)) return 0;
  if (length === 1 && FUNNELS.has(after)) return 0;
  // "Pages ordered by errors" orders, and counts no orders.
  if (/^(?:ordered|ordering)$/.test(tokens[mention.first]?.word ?? '') && /^(?:by|asc|desc|from)/.test(after)) return 0;
  if (
    stem === 'order' &&
    SORTING.test(
      tokens
        .slice(0, mention.first)
        .map(({ word }) => `${word} `)
        .join(''),
    )
  )
    return 0;
  if (rivals.some(({ kind }) => kind === 'surface')) return 1.5;
  if (length > 1) return STRONG + length;
  if (VERY_WEAK.has(stem)) return VERY_WEAK_WEIGHT;
  // "accounts by revenue" are ranked by it; "errors by ticket" are not.
  if (before === 'by') return 1.5;
  return WEAK.has(stem) ? 2 : STRONG;
}
