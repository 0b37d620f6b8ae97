/** Which pages a question is about. */

import type { Mention } from './lexicon.ts';
import { wordsAfter, wordsBefore } from './neighbours.ts';
import { meant, type Sentence } from './sentence.ts';
import type { Token } from './tokens.ts';
import { wordList } from './word-list.ts';

export interface SurfacesRead {
  /** Routes or patterns, in the order they are named. */
  surfaces: readonly string[];
  /** Mentions that name them, and so mean nothing else. */
  mentions: readonly Mention[];
}

const PAGE_WORDS = wordList('page screen flow route view url path surface form endpoint webhook site process');
const PAGES_WORDS = wordList('pages screens routes surfaces urls section area paths views endpoints subpages');
const PLACES = wordList(
  'on at in from to for under across visit within around and vs versus or against than with of about is',
);

/**
 * @param claimed mentions that already mean something else here: the metric, a value.
 */
export function readSurfaces({ tokens, written, mentions, text }: Sentence, claimed: readonly Mention[]): SurfacesRead {
  const named: { surface: string; at: number }[] = written
    .filter(({ slot }) => slot === 'surface')
    .map(({ value, start, end }) => ({ surface: widened(value, text, start, end), at: start }));
  const used: Mention[] = [];
  for (const { mention, meaning } of meant(mentions, 'surface')) {
    if (used.includes(mention)) continue;
    if (claimed.includes(mention)) continue;
    const after = wordsAfter(tokens, mention, 1)[0] ?? '';
    const before = wordsBefore(tokens, mention, 1)[0] ?? '';
    if (after === 'desk') continue;
    if (isWhole(tokens, mention) && !PAGE_WORDS.has(after) && !PAGES_WORDS.has(after)) continue;
    const marked = PAGE_WORDS.has(after) || PAGES_WORDS.has(after) || PLACES.has(before);
    const group = meaning.surface.endsWith('*');
    if (!marked && mention.end - mention.first === 1 && (group || !isNamed(tokens, mention, meaning.surface))) continue;
    // "Who logged in" is a deed, not a page.
    if (/^(?:logged|signed|logging|signing)$/.test(tokens[mention.first]?.word ?? '')) continue;
    if (mention.meanings.some(({ kind }) => kind === 'metric') && !marked) continue;
    const at = tokens[mention.first]?.start ?? 0;
    used.push(mention);
    named.push({ surface: PAGES_WORDS.has(after) && !group ? `${meaning.surface}*` : meaning.surface, at });
  }
  const surfaces = named.sort((a, b) => a.at - b.at).map(({ surface }) => surface);
  return { surfaces: [...new Set(surfaces)], mentions: used };
}

/** "How is the product doing" is about all of it, whatever page bears the name. */
function isWhole(tokens: readonly Token[], { first, end }: Mention): boolean {
  const article = tokens[first - 1]?.word ?? '';
  return end - first === 1 && WHOLE.has(tokens[first]?.word ?? '') && /^(?:the|our|your|this)$/.test(article);
}

const WHOLE = wordList('product app site platform shop store website');

/** One word alone is a page only as the page writes it, and not where it orders something: "quote me a ticket". */
function isNamed(tokens: readonly Token[], mention: Mention, surface: string): boolean {
  const token = tokens[mention.first];
  const before = tokens[mention.first - 1]?.word ?? '';
  if (token === undefined || !isSpelledOut(token.word, surface)) return false;
  // "Any quotes about the checkout" wants words, not the page of quotes.
  const isOfSome = /^(?:some|any|few|couple|two|three|four|five|\d)$/.test(before);
  if (token.word === 'quotes' && (isOfSome || /^(?:about|from|on)$/.test(tokens[mention.end]?.word ?? '')))
    return false;
  const ordering = before === '' || /^(?:you|please|pls|to|can|lets|me|just)$/.test(before);
  return !(ordering && VERBS.has(token.word));
}

const VERBS = wordList('quote search help order import report approve');

const isSpelledOut = (word: string, surface: string): boolean =>
  surface === '/' || surface.split(/[/_.-]/).includes(word) || !surface.includes(word.replace(/s$/, ''));

/** "everything under /settings", "/checkout pages", "pages starting with /api": all that begin so. */
function widened(surface: string, text: string, start: number, end: number): string {
  if (surface.includes('*')) return surface;
  const before = /\b(?:under|below|beneath|start(?:s|ing)? with|begin(?:s|ning)? with|inside|prefix)\s+$/i.test(
    text.slice(0, start),
  );
  const after = /^\s*(?:pages|screens|routes|section|area|and (?:below|everything below|subpages))\b/i.test(
    text.slice(end),
  );
  return before || after ? `${surface.replace(/\/$/, '')}*` : surface;
}
