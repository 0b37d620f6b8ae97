/** What words may mean here: the catalogue's metrics and dimensions, and what the workspace's data names. */
import { CATALOGUE } from '../../catalogue/index.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { FIRST_NAMES } from './first-names.ts';
import { isForeignMetric } from './foreign-metrics.ts';
import { PLAIN_WORDS } from './plain-words.ts';
import { nearestWord } from './spelling.ts';
import { groupsOfSurfaces, namesOfSurface } from './surface-names.ts';
import { singularOf, stemsOf, type Token, tokenise } from './tokens.ts';
import { TURN_WORDS } from './turn-words.ts';

export type Meaning =
  | { kind: 'metric'; id: string }
  | { kind: 'dimension'; id: string }
  | { kind: 'value'; dimension: string; value: string }
  | { kind: 'surface'; surface: string };

/** Neighbouring words, and everything they may mean. */
export interface Mention {
  /** Half-open range of tokens. */
  first: number;
  end: number;
  meanings: readonly Meaning[];
}

export interface Lexicon {
  /** By first stem. */
  readonly phrases: ReadonlyMap<string, readonly Phrase[]>;
  /** Every word of it as people write it, with its stem: what a mistyped word is compared with. */
  readonly words: ReadonlyMap<string, string>;
  /** Of all of these and of the first words of phrases. */
  readonly stems: ReadonlySet<string>;
}

interface Phrase {
  /** As people write it. */
  words: readonly string[];
  stems: readonly string[];
  meaning: Meaning;
}

/** Dimensions whose values are written as ids or numbers: read.ts finds those as they are written. */
const WRITTEN_AS_IS = new Set(['release', 'endpoint', 'status', 'severity', 'funnel']);

/** Tickets are filed under "how do I", and half of all questions begin so: there it is no topic. */
const BEGINS_QUESTIONS = /^(?:how|what|where|when|why|can)(?: (?:do|does|can|is|are|to|i|we|you))+$/iu;
const OF_TOPICS = /^(?:tickets?|topics?|questions?|complaints?|themes?)$/u;

const lexicons = new WeakMap<Vocabulary, Lexicon>();

/** The lexicon of a workspace, made once a vocabulary. */
export function lexiconOf(vocabulary: Vocabulary): Lexicon {
  const known = lexicons.get(vocabulary);
  if (known) return known;
  const made = buildLexicon(vocabulary);
  lexicons.set(vocabulary, made);
  return made;
}

function buildLexicon(vocabulary: Vocabulary): Lexicon {
  const phrases = new Map<string, Phrase[]>();
  const words = new Map<string, string>();
  const add = (text: string, meaning: Meaning): void => {
    const stems = stemsOf(text);
    const [first] = stems;
    if (first === undefined) return;
    const others = phrases.get(first) ?? [];
    const spelled = tokenise(text).map(({ word }) => word);
    phrases.set(first, [...others, { words: spelled, stems, meaning }]);
    for (const word of text.toLowerCase().match(/\p{L}{4,}/gu) ?? []) words.set(word, stemsOf(word)[0] ?? word);
  };
  for (const { id, label, synonyms } of CATALOGUE.metrics)
    for (const name of [id.replaceAll('_', ' '), id, label, ...synonyms]) add(name, { kind: 'metric', id });
  for (const { id, label, synonyms } of CATALOGUE.dimensions)
    for (const name of [id.replaceAll('_', ' '), id, label, ...synonyms]) add(name, { kind: 'dimension', id });
  for (const surface of vocabulary.surfaces)
    for (const name of namesOfSurface(surface, vocabulary.surfaces)) add(name, { kind: 'surface', surface });
  for (const group of groupsOfSurfaces(vocabulary.surfaces))
    add(group.name, { kind: 'surface', surface: group.pattern });
  for (const [dimension, values] of Object.entries(vocabulary.values)) {
    if (WRITTEN_AS_IS.has(dimension)) continue;
    for (const value of values)
      for (const name of namesOfValue(dimension, value)) add(name, { kind: 'value', dimension, value });
  }
  return { phrases, words, stems: new Set([...words.values(), ...phrases.keys()]) };
}

const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  prod: ['production', 'live'],
  staging: ['stage environment', 'stg'],
  ios: ['iphone', 'ipad', 'iphones'],
  web: ['desktop', 'web app'],
  api_log: ['api log', 'api logs'],
  helpscout: ['help scout'],
};

function namesOfValue(dimension: string, value: string): string[] {
  const spelled = value.includes('_') ? [value.replaceAll('_', ' ')] : [];
  const others = dimension === 'account' ? shortNamesOf(value) : (OTHER_NAMES[value] ?? []);
  return [value, ...spelled, ...others];
}

/** "Northwind Foods" is also "Northwind", where that is no everyday word. */
function shortNamesOf(account: string): string[] {
  const [first = ''] = account.split(/\s+/);
  return first.length >= 5 && first !== account && !PLAIN_WORDS.has(first.toLowerCase()) ? [first] : [];
}

/**
 * What the words of a question may mean, longest phrases first; words that are taken mean nothing more. Mistyped
 * words are corrected only where they mean nothing as written.
 */
export function findMentions(tokens: readonly Token[], lexicon: Lexicon): Mention[] {
  const found = tokens.flatMap((_, first) => mentionsAt(first, tokens, lexicon));
  const covered = new Set<number>();
  const kept: Mention[] = [];
  for (const mention of found.sort((a, b) => b.end - b.first - (a.end - a.first) || a.first - b.first)) {
    const positions = Array.from({ length: mention.end - mention.first }, (_, index) => mention.first + index);
    if (positions.some((position) => covered.has(position))) continue;
    for (const position of positions) covered.add(position);
    kept.push(mention);
  }
  return kept.sort((a, b) => a.first - b.first);
}

function mentionsAt(first: number, tokens: readonly Token[], { phrases }: Lexicon): Mention[] {
  const byEnd = new Map<number, Meaning[]>();
  for (const { words, stems, meaning } of phrases.get(tokens[first]?.stem ?? '') ?? []) {
    const end = first + stems.length;
    if (stems.length === 1 && !isSpelled(tokens[first], words[0], meaning)) continue;
    if (first === 0 && BEGINS_QUESTIONS.test(words.join(' ')) && !OF_TOPICS.test(tokens[end]?.word ?? '')) continue;
    if (!stems.every((stem, index) => isFree(tokens[first + index]) && tokens[first + index]?.stem === stem)) continue;
    const others = byEnd.get(end) ?? [];
    if (!others.some((other) => JSON.stringify(other) === JSON.stringify(meaning)))
      byEnd.set(end, [...others, meaning]);
  }
  return [...byEnd].map(([end, meanings]) => ({ first, end, meanings }));
}

/** One word that is no metric may change its number, not its tense: "staging" is no "stage". */
const isSpelled = (token: Token | undefined, word = '', { kind }: Meaning): boolean =>
  kind === 'metric' || singularOf(token?.word ?? '') === singularOf(word);

const isFree = (token: Token | undefined): boolean => token !== undefined && !token.taken;

export interface Correction {
  from: string;
  to: string;
  /** Where it stands in the text. */
  start: number;
  end: number;
}

/** Short words are too near to each other. */
const nearestTurn = (word: string): string | undefined => (word.length < 5 ? undefined : nearestWord(word, TURN_WORDS));

/** Mistyped words and what they were meant to be, in order. A word that is plain English, or known here, stays. */
export function correctSpelling(tokens: readonly Token[], { words, stems }: Lexicon): Correction[] {
  return tokens.flatMap(({ text, word, stem, taken, start, end }) => {
    // Short capitals are somebody's abbreviation, not our word mistyped.
    if (taken || /^\p{Lu}{2,6}$/u.test(text) || isForeignMetric(word) || FIRST_NAMES.has(word)) return [];
    if (PLAIN_WORDS.has(word) || PLAIN_WORDS.has(stem) || stems.has(stem) || words.has(word)) return [];
    const to = nearestWord(word, words.keys()) ?? nearestTurn(word);
    return to === undefined ? [] : [{ from: text, to, start, end }];
  });
}
