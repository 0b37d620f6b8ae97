/** Words that mean something else under an answer than alone. */
import { findMetric } from '../../catalogue/index.ts';
import type { QuestionSetting, ThreadContext } from '../reading.ts';
import { EXTREME } from './extremes.ts';
import type { Sentence } from './sentence.ts';
import { isPlural } from './tokens.ts';
import type { Leaning } from './values.ts';
import { wordList } from './word-list.ts';

const TICKETS = wordList('tickets ticket_rate unanswered_tickets first_response_minutes replies');
const TICKET_VALUES = wordList('category ticket_topic');

/** Whether words that could name a metric limit, order or place the answer before instead. */
export const namesNoMetric = (sentence: Sentence, setting: QuestionSetting): boolean =>
  isAboutThread(sentence, setting) || ordersThread(sentence, setting) || isPageOfThread(sentence, setting);

/** "For bug tickets?" under an answer about tickets limits that answer; it does not count tickets. */
function isAboutThread({ plain, mentions }: Sentence, { thread }: QuestionSetting): boolean {
  if (
    !TICKETS.has(thread?.query.metric ?? '') ||
    !/^(?:ok |okay |and |what about |how about |only |just |for )+/u.test(plain)
  )
    return false;
  const of = mentions.findIndex(({ meanings }) =>
    meanings.some((one) => one.kind === 'value' && TICKET_VALUES.has(one.dimension)),
  );
  return of !== -1 && !/\bhow many|rate|number of\b/u.test(plain);
}

const ORDERING_ONLY =
  /^(?:(?:and|so|ok|now|the|which|what|whats|who|is|was|are|just|only|one) )*\w+(?: (?:one|ones|first|only|is it|of them|of those))?$/u;

/** "Slowest one?" under an answer that is cut orders it; it asks for no speed. */
function ordersThread({ plain }: Sentence, { thread }: QuestionSetting): boolean {
  if (thread === null || thread.query.group_by.length === 0 || !ORDERING_ONLY.test(plain)) return false;
  return plain.split(' ').some((word) => EXTREME.test(word));
}

/** "And signup?" under an answer about a page is the page of that name; "and signups?" counts. */
function isPageOfThread({ plain, tokens, mentions }: Sentence, { thread }: QuestionSetting): boolean {
  if (!thread || thread.query.surface === null) return false;
  const [only, second] = mentions;
  if (only === undefined || second !== undefined || only.first === 0) return false;
  const isPage = only.meanings.some(({ kind }) => kind === 'surface') && !isPlural(tokens[only.end - 1]);
  return isPage && /^(?:(?:and|or|now|ok|so|what about|how about|the|for|on|same for) )+\w+(?: \w+)?$/u.test(plain);
}

/** Dimensions the thread is cut or limited by, and those that "the billing ones" may be of. */
export const leaningOf = ({ query }: ThreadContext): Leaning => ({
  used: [...query.group_by, ...Object.keys(query.filters)],
  possible: findMetric(query.metric ?? '')?.dimensions ?? [],
});
