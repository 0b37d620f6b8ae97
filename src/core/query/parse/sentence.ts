/** A question taken apart once: what every part of the reader looks at. */

import type { QuestionSetting } from '../reading.ts';
import { readTime, type TimeReading } from '../time/read-time.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { asTypedByHand } from './dictated.ts';
import { correctSpelling, findMentions, type Lexicon, lexiconOf, type Meaning, type Mention } from './lexicon.ts';
import { writeOut } from './shorthand.ts';
import { type Range, type Token, tokenise } from './tokens.ts';
import { findWritten, type WrittenValue } from './written.ts';

/** Longer questions are cut: what is asked stands at the start. */
const LONGEST = 2_000;

export interface Sentence {
  /** The question, white space made plain. */
  text: string;
  tokens: readonly Token[];
  /** Its words, lower case and put right, with one space between; what is taken is left out. */
  plain: string;
  /** The same with everything in it. */
  whole: string;
  /** All words but the names of topics, tools and accounts: what refusals are read from. */
  raw: string;
  written: readonly WrittenValue[];
  mentions: readonly Mention[];
  time: TimeReading;
  corrected: readonly { from: string; to: string }[];
}

/** What was taken apart for a question: its clauses are looked at again and again while it is read. */
const apart = new WeakMap<QuestionSetting, Map<string, Sentence>>();

/** @param setting one object for one question: what it says of a text is kept with it. */
export function readSentence(question: string, setting: QuestionSetting): Sentence {
  const known = apart.get(setting) ?? new Map<string, Sentence>();
  apart.set(setting, known);
  const sentence = known.get(question) ?? takeApart(question, setting);
  known.set(question, sentence);
  return sentence;
}

function takeApart(question: string, setting: QuestionSetting): Sentence {
  const lexicon = lexiconOf(setting.vocabulary);
  const typed = writeOut(asTypedByHand(plainText(question)));
  const { text, corrected } = putRight(typed, lexicon, setting.vocabulary);
  const written = findWritten(text, setting.vocabulary);
  const previous = setting.thread?.query.window;
  const at = { asOf: setting.asOf, zone: setting.zone, ...(previous ? { previous } : {}) };
  const time = readTime(blank(text, [...written, ...namesIn(text, written, lexicon)]), at);
  const tokens = tokenise(text, [...written, ...time.spans]);
  const mentions = findMentions(tokens, lexicon);
  return {
    text,
    tokens,
    plain: words(tokens.filter(({ taken }) => !taken)),
    whole: words(tokens),
    raw: words(tokens.filter((_, place) => !isInName(place, mentions))),
    written,
    mentions,
    time,
    corrected,
  };
}

/** The text with mistyped words put right; what is written as an id stays. */
function putRight(text: string, lexicon: Lexicon, vocabulary: Vocabulary): Pick<Sentence, 'text' | 'corrected'> {
  const corrected = correctSpelling(tokenise(text, findWritten(text, vocabulary)), lexicon);
  const right = corrected.reduceRight(
    (rest, { start, end, to }) => `${rest.slice(0, start)}${to}${rest.slice(end)}`,
    text,
  );
  return { text: right, corrected: corrected.map(({ from, to }) => ({ from, to })) };
}

/** White space made plain, marks of the chat around words gone: `*bold*`, `<https://…|link>`, code ticks, emoji names. */
function plainText(question: string): string {
  const text = question
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]/gu, '')
    .replace(/<(https?:\/\/[^|>\s]+)(?:\|[^>]*)?>/g, ' $1 ')
    .replace(/<[@#!][^>]*>/g, ' ')
    .replace(/:[a-z][a-z0-9_+-]*:(?!\d)/g, ' ')
    .replace(/(?<![\p{L}\p{N}])[*_~`]+(?=\S)|(?<=\S)[*_~`]+(?![\p{L}\p{N}/*])/gu, (marks) =>
      marks === '*' ? marks : '',
    )
    .replace(/\s+/gu, ' ')
    .trim();
  return [...text].slice(0, LONGEST).join('');
}

/** Whether the word is in a name of several words that the data knows: "password reset mail missing" asks for no password. */
const isInName = (at: number, mentions: readonly Mention[]): boolean =>
  mentions.some(
    ({ first, end, meanings }) =>
      end - first > 1 && first <= at && at < end && meanings.some(({ kind }) => kind === 'value'),
  );

const words = (tokens: readonly Token[]): string => tokens.map(({ word }) => word).join(' ');

/** Where names of several words stand that the data knows: nothing "declined from last week" in "card declined". */
function namesIn(text: string, written: readonly WrittenValue[], lexicon: Lexicon): Range[] {
  const tokens = tokenise(text, written);
  return findMentions(tokens, lexicon)
    .filter(({ first, end, meanings }) => end - first > 1 && meanings.some(({ kind }) => kind === 'value'))
    .map(({ first, end }) => ({ start: tokens[first]?.start ?? 0, end: tokens[end - 1]?.end ?? 0 }));
}

/** The text with what is already understood blanked out, every character still at its place. */
function blank(text: string, written: readonly Range[]): string {
  return written.reduce(
    (rest, { start, end }) =>
      `${rest.slice(0, start)}${'.'.repeat(end - start).replace(/./g, '\u00b7')}${rest.slice(end)}`,
    text,
  );
}

/** Of the mentions, those with a meaning of that kind. */
export function meant<K extends Meaning['kind']>(
  mentions: readonly Mention[],
  kind: K,
): { mention: Mention; meaning: Extract<Meaning, { kind: K }> }[] {
  return mentions.flatMap((mention) =>
    mention.meanings.flatMap((meaning) => (isKind(meaning, kind) ? [{ mention, meaning }] : [])),
  );
}

function isKind<K extends Meaning['kind']>(meaning: Meaning, kind: K): meaning is Extract<Meaning, { kind: K }> {
  return meaning.kind === kind;
}
