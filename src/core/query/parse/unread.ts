/** Limits people set that no query can hold: said with the answer, so that nobody takes it for what it is not. */
import { questionNoun as nounOf } from '../answer/phrase-question.ts';
import { notesOfLeftOut } from './left-out.ts';
import { LATER_PLACE } from './limit.ts';
import { numberOf } from './number-words.ts';
import { PLAIN_WORDS } from './plain-words.ts';
import type { Sentence } from './sentence.ts';
import type { Slots } from './slots.ts';
import { THRESHOLD } from './threshold.ts';
import type { Token } from './tokens.ts';
import { isForeign, strangeWords } from './unknown.ts';
import { isOfMetric } from './unknown-cut.ts';
import { wordList } from './word-list.ts';

const DAYS =
  /\b(?:(?:on|at|during|over|only|in) (?:the )?)*(?:weekends|weekdays|(?:mon|tues|wednes|thurs|fri|satur|sun)days|mornings|afternoons|evenings|nights|at night|overnight|(?:business|working|office|work) (?:hours|days)|workdays)\b/u;
/** No query begins further down. */
const FURTHER = /\b(?:the )?next (?:page|ones|few|five|ten|twenty|\d{1,3})$/u;
const TEXT_METRICS = new Set(['tickets', 'ticket_rate', 'unanswered_tickets', 'first_response_minutes', 'replies']);
/** Said to people, about nothing. */
const SMALL_TALK = wordList('seepass dear sorry oops wait hmm hmmm mmm wow omg lol btw fyi asap tldr');
const ABOUT = /^(?:about|mention|mentions|mentioning|mentioned|regarding|concerning|containing)$/u;

const NOT_UNDERSTOOD = 'was not understood';

/** Whether a note is of a word that our reader knows nothing of; another may. */
export const isOfStranger = (note: string): boolean => note.endsWith(NOT_UNDERSTOOD);

/** As notes of a reading: `"on weekends" read as all days`. */
export function findUnread(
  sentence: Sentence,
  slots: Pick<Slots, 'metric' | 'filters' | 'surface' | 'tooManyCuts'>,
): string[] {
  const days = DAYS.exec(sentence.plain)?.[0];
  const threshold = THRESHOLD.exec(sentence.plain)?.[0];
  const later = sentence.plain.match(LATER_PLACE)?.[0];
  const further = FURTHER.exec(sentence.plain)?.[0];
  const topic = unknownTopic(sentence, slots);
  return [
    ...(days === undefined ? [] : [`"${days}" read as all days and hours`]),
    ...(threshold === undefined ? [] : [`"${threshold}" read as any number`]),
    ...(further === undefined ? [] : [`"${further}" read as the first`]),
    ...(later === undefined ? [] : [`"${later}" is the last of the rows`]),
    ...(topic === undefined ? [] : [`"${topic}" read as about anything`]),
    ...notesOfLeftOut(sentence, slots.filters),
    ...slots.tooManyCuts.map((dimension) => `"by ${nounOf(dimension)}" was left out: an answer is cut by two at most`),
    ...(topic === undefined && slots.metric !== null ? strangers(sentence, slots) : []).map(
      (word) => `"${word}" ${NOT_UNDERSTOOD}`,
    ),
  ];
}

const LIMITING = wordList('for on in by per from about at with without only just not except excluding vs versus');
/** Words that leave out, which is said by itself. */
const LEAVING = wordList('non outside unless besides beside minus ignore ignoring omit omitting skip skipping excl');
const ARTICLES = wordList('the a an our all');
/** Fewer words leave none for talk: whatever is not understood was meant to limit. */
const TERSE = 3;

/** Words that limit or stand alone beside the figure, and that nothing was read from: "errors ayer", "for gizmo". */
function strangers(
  sentence: Sentence,
  { metric, filters, surface }: Pick<Slots, 'metric' | 'filters' | 'surface'>,
): string[] {
  const { tokens } = sentence;
  const kept = [surface, ...Object.values(filters)].flat().join(' ').toLowerCase();
  return strangeWords(sentence)
    .filter(
      ({ word, stem }) => word.length > 2 && /^\p{L}+$/u.test(word) && !PLAIN_WORDS.has(stem) && !kept.includes(word),
    )
    .filter((token) => !isOfMetric(token, metric ?? ''))
    .filter(({ word }) => numberOf(word) === undefined && !SMALL_TALK.has(word) && !LEAVING.has(word))
    .filter((token) => tokens.length <= TERSE || isForeign(token) || LIMITING.has(introducing(tokens, token)))
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
  if (at === -1) return undefined;
  return `${tokens[at]?.text} ${tokens[at + 1]?.text}`;
}
