/** Questions after people: their details, lists of them, what one of them did. Whatever the purpose, never answered. */
import type { Vocabulary } from '../vocabulary.ts';
import { clausesOf } from './clauses.ts';
import { FIRST_NAMES } from './first-names.ts';
import { PRIVATE } from './phrases/private.ts';
import { PLAIN_WORDS } from './plain-words.ts';
import type { Sentence } from './sentence.ts';

/** A count of people is no list of them. */
const COUNTS =
  /^(?:\w+ ){0,4}(?:how many|(?<!(?:phone|telephone|tel|mobile|contact|card|account) )number of|count of|how often|what (?:share|percentage|percent))\b/;

/** What the question wants of people; undefined where it wants nothing of them. */
export function findPrivate(sentence: Sentence, vocabulary: Vocabulary): string | undefined {
  if (EMAIL.test(withoutReleases(sentence))) return "one person's activity";
  if (DOTTED_NAME.test(withoutReleases(sentence))) return "one person's activity";
  if (namesPerson(sentence, vocabulary)) return "one person's activity";
  for (const written of clausesOf(sentence)) {
    const clause = written.replace(MAILING, ' ');
    const counted = COUNTS.test(clause);
    const found = PRIVATE.find(({ pattern, unlessCounted }) => pattern.test(clause) && !(counted && unlessCounted));
    if (found && !isAboutMail(clause)) return found.about;
  }
  // Writing without spaces has no words to look at.
  if (/e-?mail/iu.test(sentence.text) && /[^\x20-\x7e]{3}|mailadress/u.test(sentence.text)) return "people's details";
  return undefined;
}

/** To be mailed an answer asks for nobody's address. */
const MAILING = /\be ?mail (?:me|us) (?=(?:this|that|it|the (?:report|chart|summary|answer|numbers))\b)/u;

const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+\.\p{L}{2,}/u;

/** "jane.doe", as accounts of people are called. */
const DOTTED_NAME =
  /\b(?:from|by|of|for|did|does|has|user|is) [a-z]{2,}\.(?!com\b|io\b|org\b|net\b|eu\b|app\b|dev\b|js\b|ts\b)[a-z]{2,}\b(?![./])/u;

/** Releases hold an @ too. */
function withoutReleases({ text, written }: Sentence): string {
  return written.reduce(
    (rest, { start, end }) => `${rest.slice(0, start)}${' '.repeat(end - start)}${rest.slice(end)}`,
    text,
  );
}

/** Figures and topics that are called after mail, and ask for nobody's address. */
const isAboutMail = (clause: string): boolean =>
  /\b(?:(?:email|newsletter) (?:open|click|bounce|unsubscribe)s?(?: through)?(?: rates?)?|email (?:tickets|campaigns?|delivery|notifications?|form|errors?|tickets?|channel|support)|smtp|emails (?:sent|delivered|opened))\b/u.test(
    clause,
  );

/** A person by name: a first name, or a name where only people do what is asked about. */
function namesPerson(sentence: Sentence, vocabulary: Vocabulary): boolean {
  const { tokens, text } = sentence;
  const known = knownWords(vocabulary);
  const isName = ({ text: written, word }: { text: string; word: string }): boolean =>
    /^\p{Lu}\p{Ll}+/u.test(written) && !known.has(word);
  if (tokens.some((token) => !token.taken && isName(token) && FIRST_NAMES.has(token.word))) return true;
  if (namesInSmallLetters(sentence, known)) return true;
  const [, doing, left] = PERSON.exec(text) ?? [];
  const named = doing ?? left;
  const first = named?.split(/\s+/)[0];
  return (
    first !== undefined && isName({ text: first, word: first.toLowerCase() }) && !PLAIN_WORDS.has(first.toLowerCase())
  );
}

/** "what did marie dupont do": a first name where people stand. Names that are words need one after them. */
function namesInSmallLetters({ tokens, mentions }: Sentence, known: ReadonlySet<string>): boolean {
  const isFree = (at: number): boolean => {
    const token = tokens[at];
    if (token === undefined || token.taken || known.has(token.word) || PLAIN_WORDS.has(token.word)) return false;
    return !mentions.some(({ first, end }) => first <= at && at < end);
  };
  return tokens.some(({ word }, at) => {
    if (!FIRST_NAMES.has(word) || !isFree(at) || !OF_PERSON.test(tokens[at - 1]?.word ?? '')) return false;
    return !ALSO_WORDS.test(word) || isFree(at + 1);
  });
}

const OF_PERSON = /^(?:did|does|has|was|is|do|of|by|from|for|about|user|customer|named|called|what|and)$/u;
const ALSO_WORDS = /^(?:mark|max|frank|leo|jack|ray|rose|dean|jean|kim|scott|gloria|sean|rosa|lea|anna)$/u;

const NAME = '(\\p{Lu}\\p{Ll}+(?:\\s+\\p{Lu}\\p{Ll}+)?)';
const DEEDS =
  'click|do|doing|done|visit|see|seen|view|buy|bought|write|written|use|used|spend|say|open|send|sent|order|log|logged|complain|sign|type|search|look|go|read|ask|report|place|delete|deleted|type';
const PERSON = new RegExp(
  `\\b(?:(?:did|does|has)\\s+${NAME}\\s+(?:${DEEDS})|(?:was it|is it|excluding|except|without|named|called)\\s+${NAME})\\b`,
  'u',
);

const words = new WeakMap<Vocabulary, ReadonlySet<string>>();

/** Words of accounts, surfaces and values, and our own name: capitals there are nobody's. */
function knownWords(vocabulary: Vocabulary): ReadonlySet<string> {
  const before = words.get(vocabulary);
  if (before) return before;
  const all = [
    ...vocabulary.surfaces,
    ...Object.values(vocabulary.values).flat(),
    'seepass sentry intercom posthog slack android stripe help scout web api',
  ];
  const known = new Set(all.flatMap((value) => value.toLowerCase().split(/[^\p{L}\p{N}]+/u)));
  words.set(vocabulary, known);
  return known;
}
