/** "Tickets about invoices": of a topic, or of the page of that name. */
import type { QuestionSetting } from '../reading.ts';
import { type Ambiguity, askFor, choice, timeWords } from './choices.ts';
import { wordsAfter, wordsBefore } from './neighbours.ts';
import { meant, type Sentence } from './sentence.ts';
import type { Slots } from './slots.ts';
import { stemsOf } from './tokens.ts';
import { wordList } from './word-list.ts';

const ABOUT = wordList('about mention mentions mentioning mentioned regarding concerning');
const PAGE = wordList('page screen form view route pages flow funnel');
const OF_TEXTS = wordList('tickets ticket_rate unanswered_tickets first_response_minutes replies');

/** Both meanings of the word, where topics or categories of the data are called like the page it names. */
export function topicOrPage(sentence: Sentence, slots: Slots, { vocabulary }: QuestionSetting): Ambiguity | undefined {
  const { mentions, tokens } = sentence;
  const { metric, surface, filters } = slots;
  if (metric === null || surface === null || !OF_TEXTS.has(metric)) return undefined;
  if (filters.ticket_topic !== undefined || filters.category !== undefined) return undefined;
  const named = meant(mentions, 'surface').find(
    ({ mention }) =>
      ABOUT.has(wordsBefore(tokens, mention, 1)[0] ?? '') && !PAGE.has(wordsAfter(tokens, mention, 1)[0] ?? ''),
  );
  if (named === undefined) return undefined;
  const { first, end } = named.mention;
  const stems = tokens.slice(first, end).map(({ stem }) => stem);
  const known = ['ticket_topic', 'category'].flatMap((dimension) => vocabulary.values[dimension] ?? []);
  const topics = known.filter((topic) => stems.every((stem) => stemsOf(topic).includes(stem)));
  if (topics.length === 0) return undefined;
  const limits = timeWords(sentence);
  return {
    about: `"${sentence.text.slice(tokens[first]?.start, tokens[end - 1]?.end)}"`,
    choices: [
      ...topics.slice(0, 2).map((topic) => choice(`About "${topic}"`, `tickets about ${topic} ${limits}`.trim())),
      askFor(metric, sentence, slots),
    ],
  };
}
