import { isStopWord } from './stop-words.ts';

/** A unit vector over the features of one space; `features` is ascending. No features: nothing could be read. */
export interface SparseVector {
  readonly features: Int32Array;
  readonly weights: Float32Array;
}

export interface VectorSpace {
  /** One for each text of the corpus, in its order. */
  readonly vectors: readonly SparseVector[];
  readonly dimension: number;
  /** A text that is not of the corpus, seen with the corpus' weights. */
  project(words: readonly string[]): SparseVector;
}

const SHORTEST = 2;
const LONGEST = 5;
/** No word is longer; what is, is no word. */
const LONGEST_WORD = 40;
/** What is kept of a long text, its rarest and most used: the time to compare two texts is bounded. */
const MOST_FEATURES = 300;
/**
 * What a stop word counts. Left out, they cost clean short questions ("how do I …", "back", "today") what they do
 * tell; at full weight, polite mails are alike for being polite. Half keeps most of both.
 */
const STOP_WORD_WEIGHT = 0.5;

/**
 * Character n-grams (2-5) within word boundaries, weighted (1 + ln tf) · (ln((1 + N) / (1 + df)) + 1) and scaled to
 * length 1: misspellings and inflections still share most of their n-grams, which words do not (DETECTION.md).
 * A feature of one text only keeps its share of the length but gets no number: it can never match.
 * @param corpus the words of each text.
 */
export function createVectorSpace(corpus: readonly (readonly string[])[]): VectorSpace {
  const counted = corpus.map(countGrams);
  const frequency = new Map<string, number>();
  for (const grams of counted) for (const gram of grams.keys()) frequency.set(gram, (frequency.get(gram) ?? 0) + 1);
  const numbers = new Map<string, number>();
  for (const [gram, texts] of frequency) if (texts > 1) numbers.set(gram, numbers.size);

  const weigh = (grams: ReadonlyMap<string, number>): SparseVector => {
    let squares = 0;
    const kept: [feature: number, weight: number][] = [];
    for (const [gram, count] of grams) {
      const rarity = Math.log((1 + corpus.length) / (1 + (frequency.get(gram) ?? 0))) + 1;
      const weight = damped(count) * rarity;
      const feature = numbers.get(gram);
      if (feature === undefined) squares += weight * weight;
      else kept.push([feature, weight]);
    }
    if (kept.length > MOST_FEATURES) kept.sort((a, b) => b[1] - a[1] || a[0] - b[0]).length = MOST_FEATURES;
    kept.sort((a, b) => a[0] - b[0]);
    for (const [, weight] of kept) squares += weight * weight;
    const length = Math.sqrt(squares) || 1;
    return {
      features: Int32Array.from(kept, ([feature]) => feature),
      weights: Float32Array.from(kept, ([, weight]) => weight / length),
    };
  };
  return { vectors: counted.map(weigh), dimension: numbers.size, project: (words) => weigh(countGrams(words)) };
}

/** 1 + ln tf; a gram seen in one stop word only counts as that word does. */
const damped = (count: number): number => (count < 1 ? count : 1 + Math.log(count));

function countGrams(words: readonly string[]): Map<string, number> {
  const grams = new Map<string, number>();
  for (const word of words) {
    const padded = ` ${word.slice(0, LONGEST_WORD)} `;
    const counts = isStopWord(word) ? STOP_WORD_WEIGHT : 1;
    for (let size = SHORTEST; size <= Math.min(LONGEST, padded.length); size++)
      for (let start = 0; start + size <= padded.length; start++) {
        const gram = padded.slice(start, start + size);
        grams.set(gram, (grams.get(gram) ?? 0) + counts);
      }
  }
  return grams;
}
