/** What a question leaves out: "except staging", "without bots". Only a short list of values can be put the other way round. */
import type { MetricQuery } from '../metric-query.ts';
import { dropsComparison } from './cleared.ts';
import { phrases } from './phrases/phrases.ts';
import type { Sentence } from './sentence.ts';
import { wordList } from './word-list.ts';

const ALL = '(?:everything|everyone|everybody|everywhere|anything|anyone|anybody|anywhere|nothing|all|any|every)';
const MARKER = everywhere(phrases`
  except(?:ing)?|exclud(?:e|es|ed|ing)|excl|without|w o|outside|unless|minus|besides|beside|bar|barring|neither
  other than|apart from|aside from|rather than|instead of|but not|sans
  (?:leav(?:e|ing)|tak(?:e|ing)|filter(?:ing)?|keep(?:ing)?) out|discount(?:ing)?|omit(?:ting)?|skip(?:ping)?
  ignor(?:e|ing)|disregard(?:ing)?
  (?:dont|do not|not|never|without) (?:count|includ|consider)(?:e|ing)?
  not(?= (?:on|in|from|for|via|at|by|using|with|coming|reported|of)\b)
  ${ALL}(?: \w+)? but
  (?:with|have|has|had|having|saw|got|get) (?:no|zero)
  zero|0
`);
/** Said of a value alone: "that are not bugs", "no staging", "non-enterprise". */
const BARE_MARKER = /\b(?:not|no|nor|non|ex|isnt|arent|werent|wasnt)\b/gu;
/** Between the marker and what is left out. */
const LITTLE = wordList(
  'for on in from at by via using with of to the a an any our all my that those these this anything anyone everyone coming came reported including include count counting and or is are those ones what single',
);
/** What is lacked rather than left out, and is measured as such. */
const LACKED = wordList(
  'reply replies answer answers answered response responses respond credits credit tickets ticket',
);
const LACKING = wordList('unanswered_tickets credit_exhausted_users credit_exhaustion_rate first_response_minutes');
/** Said of the answer and not of what is asked. */
const OF_ANSWER = wordList(
  'chart charts graph plot table doubt problem question delay further much longer asking detail details text words emoji comments explanation more less just only fail exception limit filter filters split breakdown grouping comparison segmentation restriction restrictions',
);

/** Dimensions with few values, all of them known: leaving one out leaves the others. */
const CLOSED = wordList('plan platform env category source stage tool use_case');

export const isClosed = (dimension: string): boolean => CLOSED.has(dimension);

type Limited = Pick<MetricQuery, 'metric' | 'filters'>;

/** Places among the tokens of what is left out. */
export function leftOutAt({ text, tokens, mentions }: Pick<Sentence, 'text' | 'tokens' | 'mentions'>): number[] {
  const words = tokens.map(({ word, taken }) => (taken ? TAKEN : word)).join(' ');
  const found = [
    ...placesAfter(words, MARKER),
    ...placesAfter(words, BARE_MARKER).filter((at) => {
      const value = mentions.find(({ first }) => first === firstMeant(tokens, at));
      const isNamed = value?.meanings.some(({ kind }) => kind === 'value') || tokens[at]?.taken === true;
      // "No, prod" says no to something else.
      return isNamed && !text.slice(tokens[at - 1]?.end, tokens[at]?.start).includes(',');
    }),
  ];
  const places = found.map((at) => firstMeant(tokens, at)).filter((at) => at < tokens.length);
  return [...new Set(places.flatMap((at) => [at, ...joinedTo(at, { tokens, mentions })]))];
}

/** "Except free and starter": what "and" adds is left out, too. */
function joinedTo(at: number, { tokens, mentions }: Pick<Sentence, 'tokens' | 'mentions'>): number[] {
  const end = mentions.find(({ first }) => first === at)?.end;
  if (end === undefined || !/^(?:and|or|nor)$/.test(tokens[end]?.word ?? '')) return [];
  const next = firstMeant(tokens, end);
  const isValue = mentions.some(
    ({ first, meanings }) => first === next && meanings.some(({ kind }) => kind === 'value'),
  );
  return isValue ? [next, ...joinedTo(next, { tokens, mentions })] : [];
}

/** Numbers of the words that follow what the pattern finds; words are parted by one space. */
function placesAfter(words: string, pattern: RegExp): number[] {
  return [...words.matchAll(pattern)].map((match) => words.slice(0, match.index + match[0].length).split(' ').length);
}

function firstMeant(tokens: Sentence['tokens'], from: number): number {
  let at = from;
  while (LITTLE.has(tokens[at]?.word ?? '') && tokens[at]?.taken !== true) at += 1;
  return at;
}

/** Stands for what is already understood, in which no marker is looked for. */
const TAKEN = '\u00b7';

function everywhere(pattern: RegExp): RegExp {
  return new RegExp(pattern.source, 'gu');
}

/** What is left out and cannot be, as it is written; `''` for a page. Undefined where all that is left out was read. */
export function findLeftOut(sentence: Sentence, slots: Limited, leans: boolean): string | undefined {
  if (leans && dropsComparison(sentence)) return undefined;
  const { tokens, mentions, written } = sentence;
  for (const at of leftOutAt(sentence)) {
    const token = tokens[at];
    if (token === undefined || OF_ANSWER.has(token.word)) continue;
    if (LACKING.has(slots.metric ?? '') && LACKED.has(token.word)) continue;
    const meanings = mentions.find(({ first, end }) => first <= at && at < end)?.meanings ?? [];
    const asWritten = written.find(({ start, end }) => start <= token.start && token.start < end);
    if (meanings.some((one) => one.kind === 'value' && isClosed(one.dimension) && slots.filters[one.dimension]))
      continue;
    if (token.word === 'mobile' && slots.filters.platform !== undefined) continue;
    if (leans && meanings.some(({ kind }) => kind === 'dimension')) continue;
    const isPage = asWritten?.slot === 'surface' || meanings.some(({ kind }) => kind === 'surface');
    return isPage ? '' : asTyped(at, sentence);
  }
  return undefined;
}

/** The whole of what is understood there, else the word. */
function asTyped(at: number, { text, tokens, mentions, written, time }: Sentence): string {
  const token = tokens[at];
  if (token === undefined) return '';
  const known = [...written, ...time.spans].find(({ start, end }) => start <= token.start && token.start < end);
  if (known !== undefined) return text.slice(known.start, known.end);
  const mention = mentions.find(({ first, end }) => first <= at && at < end);
  return text.slice(token.start, tokens[(mention?.end ?? at + 1) - 1]?.end);
}

/** "except free" and the like, with what was read in its place. */
export function notesOfLeftOut(sentence: Sentence, filters: MetricQuery['filters']): string[] {
  return leftOutAt(sentence).flatMap((at) => {
    const mention = sentence.mentions.find(({ first, end }) => first <= at && at < end);
    const dimension = mention?.meanings.flatMap((one) =>
      one.kind === 'value' && isClosed(one.dimension) && filters[one.dimension] !== undefined ? [one.dimension] : [],
    )[0];
    if (dimension === undefined) return [];
    const kept = [filters[dimension]].flat().map(String);
    return [`leaving out "${sentence.tokens[at]?.text}" read as ${inWords(kept)} only`];
  });
}

const inWords = (list: readonly string[]): string =>
  list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`;
