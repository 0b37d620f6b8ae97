/** Limits people set that no query can hold: said with the answer, so that nobody takes it for what it is not. */
import { questionNoun as nounOf } from '../answer/phrase-question.ts';
import { leftOutAt, notesOfLeftOut } from './left-out.ts';
import { LATER_PLACE } from './limit.ts';
import { numberOf } from './number-words.ts';
import { PLAIN_WORDS } from './plain-words.ts';
import type { Sentence } from './sentence.ts';
import type { Slots } from './slots.ts';
import { findBound } from './threshold.ts';
import type { Token } from './tokens.ts';
import { isForeign, strangeWords } from './unknown.ts';
import { isOfMetric } from './unknown-cut.ts';
import { wordList } from './word-list.ts';

const DAYS =
  /\b(?:(?:on|at|during|over|only|in) (?:the )?)*(?:weekends|weekdays|(?:mon|tues|wednes|thurs|fri|satur|sun)days|mornings|afternoons|evenings|nights|at night|overnight|(?:business|working|office|work) (?:hours|days)|out of (?:office )?hours|after hours|workdays)\b/u;
/** No query begins further down. */
const FURTHER = /\b(?:the )?next (?:page|ones|few|five|ten|twenty|\d{1,3})$/u;
const CURRENCY = /\bin (?:euros?|eur|us dollars|dollars|usd|pounds|gbp|chf|yen)\b/u;
const MONEY = wordList('revenue aov revenue_at_risk');
const TEXT_METRICS = new Set(['tickets', 'ticket_rate', 'unanswered_tickets', 'first_response_minutes', 'replies']);
/** Said to people, about nothing. */
const SMALL_TALK = wordList('seepass dear sorry oops wait hmm hmmm mmm wow omg lol btw fyi asap tldr');
const ABOUT = /^(?:about|mention|mentions|mentioning|mentioned|regarding|concerning|containing)$/u;

const WORDED =
  /\b(?:with|contain\w*|mention\w*|say|saying|said|including) (?:the )?(?:exact )?(?:words?|phrase|term|keyword) \w+/u;

const NOT_UNDERSTOOD = 'was not understood';

/** Whether a note is of a word that our reader knows nothing of; another may. */
export const isOfStranger = (note: string): boolean => note.endsWith(NOT_UNDERSTOOD);

/**
 * As notes of a reading: `"on weekends" read as all days`.
 * @param isImplied whether no word names the figure, so that whatever is not understood may
 */
export function findUnread(
  sentence: Sentence,
  slots: Pick<Slots, 'metric' | 'filters' | 'surface' | 'tooManyCuts'>,
  isImplied: boolean,
): string[] {
  const days = DAYS.exec(sentence.plain)?.[0];
  const threshold = findBound(sentence.text, sentence.time.spans);
  const currency = MONEY.has(slots.metric ?? '') ? CURRENCY.exec(sentence.plain)?.[0] : undefined;
  const later = sentence.plain.match(LATER_PLACE)?.[0];
  const further = FURTHER.exec(sentence.plain)?.[0];
  const topic = unknownTopic(sentence, slots);
  return [
    ...(days === undefined ? [] : [`"${days}" read as all days and hours`]),
    ...(threshold === undefined ? [] : [`"${threshold}" read as any number`]),
    ...(currency === undefined ? [] : [`"${currency}" read as the currency it was sent in`]),
    ...(further === undefined ? [] : [`"${further}" read as the first`]),
    ...(later === undefined ? [] : [`"${later}" is the last of the rows`]),
    ...(topic === undefined ? [] : [`"${topic}" read as about anything`]),
    ...notesOfLeftOut(sentence, slots.filters),
    ...slots.tooManyCuts.map((dimension) => `"by ${nounOf(dimension)}" was left out: an answer is cut by two at most`),
    ...(topic === undefined && slots.metric !== null ? strangers(sentence, slots, isImplied) : []).map(
      (word) => `"${word}" ${NOT_UNDERSTOOD}`,
    ),
  ];
}

const LIMITING = wordList(
  'how via through using for on in by per from about at with without only just not except excluding vs versus',
);
/** Words that leave out, which is said by itself. */
const LEAVING = wordList('non outside unless besides beside minus ignore ignoring omit omitting skip skipping excl');
const ARTICLES = wordList('the a an our all');
/** Fewer words leave none for talk: whatever is not understood was meant to limit. */
const TERSE = 3;

/** Words that limit or stand alone beside the figure, and that nothing was read from: "errors ayer", "for gizmo". */
function strangers(
  sentence: Sentence,
  { metric, filters, surface }: Pick<Slots, 'metric' | 'filters' | 'surface'>,
  isImplied: boolean,
): string[] {
  const { tokens, mentions } = sentence;
  const kept = [surface, ...Object.values(filters)].flat().join(' ').toLowerCase();
  const out = leftOutAt(sentence);
  const unused = mentions.flatMap(({ first, end, meanings }) =>
    !out.includes(first) && meanings.every(({ kind }) => kind === 'value' || kind === 'surface')
      ? tokens.slice(first, end)
      : [],
  );
  return [...strangeWords(sentence), ...unused.filter(({ taken, word }) => !taken && !PLAIN_WORDS.has(word))]
    .filter(
      ({ word, stem }) => word.length > 2 && /^\p{L}+$/u.test(word) && !PLAIN_WORDS.has(stem) && !kept.includes(word),
    )
    .filter((token) => !isOfMetric(token, metric ?? ''))
    .filter(({ word }) => numberOf(word) === undefined && !SMALL_TALK.has(word) && !LEAVING.has(word))
    .filter(
      (token) => isImplied || tokens.length <= TERSE || isForeign(token) || LIMITING.has(introducing(tokens, token)),
    )
    .map(({ text }) => text);
}

/** The word before, without articles. */
function introducing(tokens: readonly Token[], token: Token): string {
  let before = tokens.indexOf(token) - 1;
  while (ARTICLES.has(tokens[before]?.word ?? '')) before -= 1;
  return tokens[before]?.word ?? '';
}

/** "about refunds", where no topic of the data is called anything like it. */
function unknownTopic(
  { tokens, mentions }: Sentence,
  { metric, filters }: Pick<Slots, 'metric' | 'filters'>,
): string | undefined {
  if (metric !== null && !TEXT_METRICS.has(metric)) return undefined;
  if (filters.ticket_topic !== undefined || filters.category !== undefined) return undefined;
  const isStrange = (token: Token | undefined, at: number): boolean =>
    token !== undefined &&
    !token.taken &&
    token.word.length > 2 &&
    /^\p{L}+$/u.test(token.word) &&
    !PLAIN_WORDS.has(token.word) &&
    !PLAIN_WORDS.has(token.stem) &&
    !mentions.some(({ first, end }) => first <= at && at < end);
  const at = tokens.findIndex(
    ({ word, taken }, place) => !taken && ABOUT.test(word) && isStrange(tokens[place + 1], place + 1),
  );
  if (at === -1) return WORDED.exec(tokens.map(({ word }) => word).join(' '))?.[0];
  return `${tokens[at]?.text} ${tokens[at + 1]?.text}`;
}
