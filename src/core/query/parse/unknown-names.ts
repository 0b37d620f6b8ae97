/** Pages and accounts a question names that the data does not: kept as named, so that the answer can say so. */
import { normaliseRoute } from '../../text/route.ts';
import type { Mention } from './lexicon.ts';
import { PLAIN_WORDS } from './plain-words.ts';
import type { Sentence } from './sentence.ts';
import type { Token } from './tokens.ts';
import { wordList } from './word-list.ts';

const PAGES = wordList('page screen flow route view form pages screens');
const ON = wordList('on under visit');
const FOR = wordList('for from by at did does has');
const PLACING = wordList('on under visit of for in at to from');

/** "on the gizmo page", "on gizmo": a page nobody has seen; undefined where every word means something. */
export function findUnknownPage(sentence: Sentence): string | undefined {
  const { tokens } = sentence;
  for (const [at, token] of tokens.entries()) {
    if (!isStrange(sentence, at)) continue;
    const before = introducing(tokens, at);
    const next = tokens[at + 1];
    const marked = next !== undefined && PAGES.has(next.word) && !next.taken && PLACING.has(before);
    if (marked || (ON.has(before) && !/^\p{Lu}/u.test(token.text))) {
      const route = normaliseRoute(`/${token.word}`);
      return route === null ? undefined : next?.word.endsWith('s') && marked ? `${route}*` : route;
    }
  }
  return undefined;
}

/** "for Globex Corp": a company nobody has seen. */
export function findUnknownAccount(sentence: Sentence): string | undefined {
  const { tokens, text } = sentence;
  const first = tokens.findIndex(
    (token, at) => isCapital(token) && isStrange(sentence, at) && FOR.has(introducing(tokens, at)),
  );
  if (first === -1) return undefined;
  let last = first;
  while (isCapital(tokens[last + 1])) last += 1;
  return text.slice(tokens[first]?.start, tokens[last]?.end);
}

const isCapital = (token: Token | undefined): boolean =>
  token !== undefined && !token.taken && /^\p{Lu}\p{Ll}/u.test(token.text);

/** The word before, without articles and what kind of thing it is. */
function introducing(tokens: readonly Token[], at: number): string {
  let before = at - 1;
  while (before > 0 && /^(?:the|our|a|customer|company|account|client)$/.test(tokens[before]?.word ?? '')) before -= 1;
  const token = tokens[before];
  return token === undefined || token.taken ? '' : token.word;
}

/** A word that means nothing we know, and is no everyday word. */
function isStrange({ tokens, mentions }: Sentence, at: number): boolean {
  const token = tokens[at];
  if (
    token === undefined ||
    token.taken ||
    PLAIN_WORDS.has(token.word) ||
    PLAIN_WORDS.has(token.stem) ||
    token.word.length < 3
  )
    return false;
  return /\p{L}/u.test(token.word) && !mentions.some(({ first, end }: Mention) => first <= at && at < end);
}
