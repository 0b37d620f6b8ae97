/** A question as words: lower case, without apostrophes, with a stem that plural and tense do not change. */

export interface Token {
  /** As written. */
  text: string;
  word: string;
  stem: string;
  /** Character range in the question, half-open. */
  start: number;
  end: number;
  /** It is part of something already understood: a path, a release, a time. */
  taken: boolean;
}

export interface Range {
  start: number;
  end: number;
}

const WORD = /[\p{L}\p{N}_]+(?:['’]\p{L}+)?/gu;

/** The words of a text; those within one of the ranges are taken. */
export function tokenise(text: string, taken: readonly Range[] = []): Token[] {
  return [...text.matchAll(WORD)].map((match) => {
    const start = match.index;
    const end = start + match[0].length;
    const word = plainWord(match[0].toLowerCase());
    const overlaps = taken.some((range) => range.start < end && start < range.end);
    return { text: match[0], word, stem: stemOf(word), start, end, taken: overlaps };
  });
}

/** Without its apostrophe: "checkout's" is "checkout", "what's" is "whats". */
const plainWord = (word: string): string =>
  SHORTENED.test(word) ? word.replace(/['’]/g, '') : word.replace(/['’]s$/, '').replace(/['’]/g, '');

const SHORTENED = /^(?:what|who|how|where|when|that|it|there|here|let|why|he|she)['’]/;

/** The words of a phrase as stems: how both a question and what it may mean are compared. */
export const stemsOf = (phrase: string): string[] => tokenise(phrase).map(({ stem }) => stem);

const IRREGULAR: Readonly<Record<string, string>> = {
  people: 'people',
  ppl: 'people',
  persons: 'people',
  left: 'leave',
  lost: 'lose',
  spent: 'spend',
  made: 'make',
  went: 'go',
  gone: 'go',
  goes: 'go',
  worse: 'worse',
  this: 'this',
  status: 'status',
  statuses: 'status',
  success: 'success',
  process: 'process',
  news: 'news',
  analysis: 'analysis',
  address: 'address',
  addresses: 'address',
  access: 'access',
  ios: 'ios',
  gas: 'gas',
  bus: 'bus',
  os: 'os',
  churn: 'churn',
  signing: 'sign',
  signed: 'sign',
};

/**
 * A light English stemmer: plural s, -ing and -ed, so that "crashed", "crashing" and "crashes" meet. It need not give
 * words, only the same for both sides; short words stay as they are.
 */
export function stemOf(word: string): string {
  const known = IRREGULAR[word];
  if (known !== undefined) return known;
  if (word.length < 4 || /\d/.test(word) || word.includes('_')) return word;
  return withoutSilentE(withoutTense(singularOf(word)));
}

/** The word without its plural s. */
export function singularOf(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith('s') && !/(?:ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}

function withoutTense(word: string): string {
  const ending = word.endsWith('ing') ? 3 : word.endsWith('ed') && !word.endsWith('eed') ? 2 : 0;
  const rest = word.slice(0, word.length - ending);
  if (ending === 0 || rest.length < 3 || !/[aeiouy]/.test(rest)) return word;
  return /([bdgmnprt])\1$/.test(rest) ? rest.slice(0, -1) : rest;
}

const withoutSilentE = (word: string): string =>
  word.length > 4 && word.endsWith('e') && !word.endsWith('ee') ? word.slice(0, -1) : word;

/** Whether a noun stands for several. */
export const isPlural = (token: Token | undefined): boolean =>
  /s$/.test(token?.word ?? '') && !/(?:ss|us|is)$/.test(token?.word ?? '');
