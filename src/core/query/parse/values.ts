/** Which values of dimensions a question is limited to. */
import type { Vocabulary } from '../vocabulary.ts';
import { isClosed, leftOutAt } from './left-out.ts';
import type { Mention } from './lexicon.ts';
import { wordsAfter, wordsBefore } from './neighbours.ts';
import { PLAIN_WORDS } from './plain-words.ts';
import { meant, type Sentence } from './sentence.ts';
import { stemsOf, type Token } from './tokens.ts';
import { EVERYDAY, MARKERS } from './value-markers.ts';
import { wordList } from './word-list.ts';

export interface ValuesRead {
  /** By dimension, in the order they are named. */
  filters: ReadonlyMap<string, readonly string[]>;
  mentions: readonly Mention[];
}

/** What a thread makes likely. */
export interface Leaning {
  /** Dimensions it is cut or limited by: their values need nothing beside them. */
  used: readonly string[];
  /** Dimensions its metric has. */
  possible: readonly string[];
}

const ONES = wordList('one ones');
/** Where "the billing ones" could be of two: kinds of tickets come first. */
const POINTED: Readonly<Record<string, number>> = { category: 4 };

const ONLY = wordList('only just and or vs versus than against for about among from on in by');

/**
 * @param topical whether the question is about tickets, so that loosely named topics count.
 * @param leaning what the thread makes likely, where one word may stand alone ("only growth"). Null outside of threads.
 */
export function readValues(
  sentence: Sentence,
  {
    vocabulary,
    topical,
    leaning,
    metric,
  }: { vocabulary: Vocabulary; topical: boolean; leaning: Leaning | null; metric: string | null },
): ValuesRead {
  const { tokens, mentions, written } = sentence;
  const filters = new Map<string, string[]>();
  const excluded = new Map<string, string[]>();
  const used: Mention[] = [];
  const outside = leftOutAt(sentence);
  const add = (dimension: string, values: readonly string[]): void => {
    filters.set(dimension, [...new Set([...(filters.get(dimension) ?? []), ...values])]);
  };
  for (const { slot, value } of written) if (slot !== 'surface') add(slot, [value]);
  for (const mention of mentions) {
    const candidates = meant([mention], 'value').map(({ meaning }) => meaning);
    if (candidates.length === 0) continue;
    const before = wordsBefore(tokens, mention);
    const context = {
      before,
      excluded: outside.includes(mention.first),
      joined: joinedTo(sentence, mention),
      after: wordsAfter(tokens, mention),
      length: mention.end - mention.first,
      rivals: mention.meanings.filter(({ kind }) => kind !== 'value').length,
      isPage: mention.meanings.some(({ kind }) => kind === 'surface'),
    };
    const ranked = candidates
      .map((candidate) => ({ candidate, weight: weigh(candidate, context, { leaning, metric }) }))
      .sort((a, b) => b.weight - a.weight);
    const [best] = ranked;
    if (!best || best.weight <= 0) continue;
    const { dimension, value } = best.candidate;
    used.push(mention);
    if (!context.excluded) add(dimension, [value]);
    else if (isClosed(dimension)) excluded.set(dimension, [...(excluded.get(dimension) ?? []), value]);
  }
  const phones = (vocabulary.values.platform ?? []).filter((platform) => PHONES.has(platform));
  if (outside.some((at) => tokens[at]?.word === 'mobile')) excluded.set('platform', phones);
  for (const [dimension, out] of excluded) {
    const others = (vocabulary.values[dimension] ?? []).filter((value) => !out.includes(value));
    if (!filters.has(dimension) && others.length > 0) add(dimension, others);
  }
  if (/\bmobile\b(?! numbers?)/u.test(sentence.plain) && !filters.has('platform') && phones.length > 0)
    add('platform', phones);
  if (topical && !filters.has('ticket_topic')) {
    const topic = looseTopic(sentence, vocabulary);
    if (topic !== undefined) add('ticket_topic', [topic]);
  }
  return { filters, mentions: used };
}

/** Dimensions of the values that "or", "and" or "vs" joins to this one: what marks them marks this. */
function joinedTo({ plain, tokens, mentions }: Sentence, { first, end }: Mention): readonly string[] {
  const dimensionsOf = (other: Mention | undefined): string[] =>
    other === undefined ? [] : meant([other], 'value').map(({ meaning }) => meaning.dimension);
  const isJoint = (at: number): boolean => /^(?:or|and|vs|versus|nor|against)$/.test(tokens[at]?.word ?? '');
  const next = isJoint(end) ? mentions.find((other) => other.first === end + 1) : undefined;
  const before = isJoint(first - 1) ? mentions.find((other) => other.end === first - 1) : undefined;
  // Two values of one dimension side by side are meant as such, however everyday their words: "free and growth".
  // "Enterprise … than starter": what is set against a value is one.
  const against = /\b(?:than|vs|versus)\b/u.test(plain)
    ? mentions.filter((other) => other.first !== first && tokens[end]?.word !== 'than').flatMap(dimensionsOf)
    : [];
  return [...dimensionsOf(next), ...dimensionsOf(before), ...against];
}
/** Whether a word beside a mention says that it is a value of that dimension: "bug tickets". */
export function isMarkedValue(dimension: string, tokens: readonly Token[], mention: Mention): boolean {
  const markers = MARKERS[dimension];
  const [before] = wordsBefore(tokens, mention, 1);
  const [after] = wordsAfter(tokens, mention, 1);
  return (
    (before !== undefined && markers?.before.has(before)) || (after !== undefined && markers?.after.has(after)) || false
  );
}

interface Context {
  before: readonly string[];
  excluded: boolean;
  joined: readonly string[];
  after: readonly string[];
  length: number;
  /** Other kinds of things the same words may mean. */
  rivals: number;
  /** One of them is a page. */
  isPage: boolean;
}

/** How much speaks for a value; zero or less means the words mean something else here. */
function weigh(
  { dimension, value }: { dimension: string; value: string },
  { before, after, length, rivals, isPage, excluded, joined }: Context,
  { leaning, metric }: { leaning: Leaning | null; metric: string | null },
): number {
  const markers = MARKERS[dimension];
  const marked =
    (excluded && (!isPage || (dimension === 'category' && metric === 'tickets'))) ||
    joined.includes(dimension) ||
    (before[0] !== undefined && markers?.before.has(before[0])) ||
    (after[0] !== undefined && markers?.after.has(after[0]));
  const fits = FITTING[dimension]?.has(metric ?? '') === true;
  const introduced = fits && before[0] !== undefined && ONLY.has(before[0]);
  const everyday =
    length === 1 && (rivals > 0 || EVERYDAY.has(value.toLowerCase()) || PLAIN_WORDS.has(value.toLowerCase()));
  const loose = leaning !== null;
  if (leaning?.used.includes(dimension)) return 5;
  if (ONES.has(after[0] ?? '') && leaning?.possible.includes(dimension)) return POINTED[dimension] ?? 3;
  const among = loose && before[0] !== undefined && ONLY.has(before[0]);
  const alone = loose && before.length === 0 && after.length === 0;
  const needsMarker = everyday || rivals > 0 || (dimension === 'stage' && length === 1);
  if (needsMarker && !marked && !introduced && !(among && rivals === 0) && !(alone && rivals === 0)) return 0;
  return 1 + (marked ? 2 : 0) + (fits ? 1 : 0) + (length > 1 ? 1 : 0) + (leaning?.possible.includes(dimension) ? 1 : 0);
}

/** Where a value could be of two dimensions, the one its metric is cut by. */
const FITTING: Readonly<Record<string, ReadonlySet<string>>> = {
  tool: new Set(['tool_failure_rate', 'credits_used']),
  use_case: new Set([
    'completion_rate',
    'conversations',
    'messages',
    'credit_exhaustion_rate',
    'credit_exhausted_users',
  ]),
};

/** What "mobile" stands for. */
const PHONES = new Set(['ios', 'android']);

const LITTLE = wordList('is the a an or and on in of to not do i how after be are for my');

/** "search being slow" is the topic "search is slow": all its words that say something are there, near each other. */
function looseTopic({ tokens }: Sentence, vocabulary: Vocabulary): string | undefined {
  const stems = tokens.filter(({ taken }) => !taken).map(({ stem }) => stem);
  let best: { topic: string; size: number } | undefined;
  for (const topic of vocabulary.values.ticket_topic ?? []) {
    const wanted = stemsOf(topic).filter((stem) => !LITTLE.has(stem));
    if (wanted.length < 2 || (best && wanted.length <= best.size)) continue;
    const places = wanted.map((stem) => stems.findIndex((other) => near(other, stem)));
    if (places.includes(-1)) continue;
    if (Math.max(...places) - Math.min(...places) <= wanted.length + 2) best = { topic, size: wanted.length };
  }
  return best?.topic;
}

/** "fails" and "failure", "slow" and "slowly" are near. */
function near(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.length >= 4 && long.startsWith(short) && long.length - short.length <= 3;
}
