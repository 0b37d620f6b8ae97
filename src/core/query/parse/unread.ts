/** Limits people set that no query can hold: said with the answer, so that nobody takes it for what it is not. */
import { PLAIN_WORDS } from './plain-words.ts';
import type { Sentence } from './sentence.ts';
import type { Slots } from './slots.ts';
import type { Token } from './tokens.ts';

const DAYS =
  /\b(?:(?:on|at|during|over|only|in) (?:the )?)*(?:weekends|weekdays|(?:mon|tues|wednes|thurs|fri|satur|sun)days|mornings|afternoons|evenings|nights|at night|overnight|(?:business|working|office|work) (?:hours|days)|workdays)\b/u;
const NUMBERS = '(?:\\d+|once|twice|one|two|three|four|five|ten|a hundred)';
const THRESHOLD = new RegExp(
  `\\b(?:(?:more|fewer|less|greater|higher|lower|larger|smaller|longer) than|at least|at most|above|below|exceeding) ${NUMBERS}\\b`,
  'u',
);
const TEXT_METRICS = new Set(['tickets', 'ticket_rate', 'unanswered_tickets', 'first_response_minutes', 'replies']);
const ABOUT = /^(?:about|mention|mentions|mentioning|mentioned|regarding|concerning|containing)$/u;

/** As notes of a reading: `"on weekends" read as all days`. */
export function findUnread(sentence: Sentence, slots: Pick<Slots, 'metric' | 'filters'>): string[] {
  const days = DAYS.exec(sentence.plain)?.[0];
  const threshold = THRESHOLD.exec(sentence.plain)?.[0];
  const topic = unknownTopic(sentence, slots);
  return [
    ...(days === undefined ? [] : [`"${days}" read as all days and hours`]),
    ...(threshold === undefined ? [] : [`"${threshold}" read as any number`]),
    ...(topic === undefined ? [] : [`"${topic}" read as about anything`]),
  ];
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
