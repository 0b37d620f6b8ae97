/** What a need is looked for by: its words, weighed, with the other ways of putting them. */
import { COMMON_WORDS, EMPTY_WORDS } from './common-words.ts';
import { deedIn } from './deed.ts';
import { isGeneral } from './general-words.ts';
import { isName, isPlace, kindsOf, placeKinds } from './named-things.ts';
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
  /** What the question asks to be done. */
  isDeed?: boolean;
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
/** "20 min", "build 7", "2am", "100k", "v2", 3000: no subject; 137 and 502 are. */
const QUANTITY = /^(?:v?\d{1,2}|\d{4,}|\d+(?:am|pm|h|hrs?|m|mins?|s|secs?|ms|k|x|st|nd|rd|th|kb|mb|gb|tb|gig|meg))$/;
/** Between "Access" and "Denied" of AccessDenied. */
const CAMEL_HUMP = /(?<=\p{Ll}{2})(?=\p{Lu}\p{Ll}{2})/gu;
/** Of one or two letters, these name something. */
const SHORT_SUBJECTS: ReadonlySet<string> = new Set(['db', 'js', 's3', 'ip', 'ci', 'qa', 'pg', 'ui', 'tv']);
const SIGNATURE = 2;
const SIGNATURE_SHAPE = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g;

/** @returns at most 24 terms; none for words that say nothing. */
export function termsOf(need: RunbookNeed): SearchTerm[] {
  const terms = 'words' in need ? termsOfWords(need.words) : termsOfTrouble(need);
  const byText = new Map<string, SearchTerm>();
  for (const term of terms) {
    const known = byText.get(term.text);
    if (known === undefined || known.weight < term.weight) byText.set(term.text, term);
  }
  return [...byText.values()].slice(0, MOST_TERMS);
}

function termsOfWords(words: string): SearchTerm[] {
  const deed = deedIn(words);
  const isDeed = ({ text }: SearchTerm) => deed !== undefined && text.split(' ')[0] === deed;
  return [...signaturesIn(words), ...wordsIn(words).map((term) => (isDeed(term) ? { ...term, isDeed: true } : term))];
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
  const words = plainWords(text.replace(CAMEL_HUMP, ' ')).slice(0, MOST_WORDS);
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
export function wordTerm(phrase: string): SearchTerm {
  if (isPlace(phrase)) return { text: phrase, alternatives: [phrase, ...placeKinds()], weight: WEAK };
  const isWeak =
    (phrase.length < 3 && !/\d/.test(phrase) && !SHORT_SUBJECTS.has(phrase)) ||
    COMMON_WORDS.has(phrase) ||
    isGeneral(phrase) ||
    QUANTITY.test(phrase);
  return { text: phrase, alternatives: [phrase, ...synonymsOf(phrase), ...kindsOf(phrase)], weight: isWeak ? WEAK : 1 };
}

/** Words of the longest phrase of the word list that begins here; 1 where none does. */
function phraseLength(stems: readonly string[], at: number): number {
  for (let length = Math.min(LONGEST_PHRASE, stems.length - at); length > 1; length -= 1) {
    const phrase = stems.slice(at, at + length);
    if (isPhrase(phrase) || isName(phrase)) return length;
  }
  return 1;
}
