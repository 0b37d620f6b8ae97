/** What a need is looked for by: its words, weighed, with the other ways of putting them. */
import { COMMON_WORDS, EMPTY_WORDS } from './common-words.ts';
import { isPhrase, LONGEST_PHRASE, synonymsOf } from './synonyms.ts';
import { plainWords, stemOf } from './words.ts';

/** One thing a need names, with the other ways runbooks may put it. */
export interface SearchTerm {
  /** As it was said, in plain lower-case words. */
  text: string;
  /** Single words or phrases; each counts as the term. */
  alternatives: readonly string[];
  /** How much it says: 1 for a word, more for an error signature, less for what everybody says of trouble. */
  weight: number;
}

/** What a runbook is looked for by: a person's words, or what is known of an incident or a priority. */
export type RunbookNeed =
  | { words: string }
  | {
      surface: string | null;
      /** Error signatures, most frequent first. */
      signatures: readonly string[];
      /** What kind of trouble it is, in plain words: "payment provider timeout", "slow requests". */
      categories: readonly string[];
      /** What the tickets are about, in their words. */
      topics: readonly string[];
    };

const MOST_TERMS = 24;
/** Nobody asks in more; a pasted log is read at its beginning. */
const MOST_WORDS = 200;
const WEAK = 0.25;
/** "20 min", "build 7": no subject; 137 and 502 are. */
const SMALL_NUMBER = /^\d{1,2}$/;
const SIGNATURE = 2;
const SIGNATURE_SHAPE = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g;

/** @returns at most 24 terms; none for words that say nothing. */
export function termsOf(need: RunbookNeed): SearchTerm[] {
  const terms = 'words' in need ? [...signaturesIn(need.words), ...wordsIn(need.words)] : termsOfTrouble(need);
  const byText = new Map<string, SearchTerm>();
  for (const term of terms) {
    const known = byText.get(term.text);
    if (known === undefined || known.weight < term.weight) byText.set(term.text, term);
  }
  return [...byText.values()].slice(0, MOST_TERMS);
}

function termsOfTrouble({ surface, signatures, categories, topics }: Exclude<RunbookNeed, { words: string }>) {
  return [
    ...signatures.slice(0, 3).map(signatureTerm),
    ...(surface === null ? [] : wordsIn(surface)),
    ...categories.slice(0, 3).flatMap(wordsIn),
    ...topics.slice(0, 3).flatMap(wordsIn),
  ];
}

const signaturesIn = (text: string): SearchTerm[] => (text.match(SIGNATURE_SHAPE) ?? []).map(signatureTerm);

function signatureTerm(signature: string): SearchTerm {
  const text = plainWords(signature).join(' ');
  return { text, alternatives: [text], weight: SIGNATURE };
}

function wordsIn(text: string): SearchTerm[] {
  const words = plainWords(text).slice(0, MOST_WORDS);
  const stems = words.map(stemOf);
  const terms: SearchTerm[] = [];
  for (let at = 0; at < words.length; ) {
    const phrase = words.slice(at, at + phraseLength(stems, at)).join(' ');
    at += phrase.split(' ').length;
    if (!EMPTY_WORDS.has(phrase)) terms.push(wordTerm(phrase));
  }
  return terms;
}

/** A word or a phrase, with the other ways of putting it. */
export const wordTerm = (phrase: string): SearchTerm => ({
  text: phrase,
  alternatives: [phrase, ...synonymsOf(phrase)],
  weight: COMMON_WORDS.has(phrase) || SMALL_NUMBER.test(phrase) ? WEAK : 1,
});

/** Words of the longest phrase of the word list that begins here; 1 where none does. */
function phraseLength(stems: readonly string[], at: number): number {
  for (let length = Math.min(LONGEST_PHRASE, stems.length - at); length > 1; length -= 1)
    if (isPhrase(stems.slice(at, at + length))) return length;
  return 1;
}
