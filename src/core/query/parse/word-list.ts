import { stemOf } from './tokens.ts';

/** A set of words, written as a line of text. */
export const wordList = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** The stems of words, written as a line of text. */
export const stemList = (text: string): ReadonlySet<string> => new Set([...wordList(text)].map(stemOf));
