/** What short replies ask of the answer before them: "show me two of them", "what are they about?", "what changed?". */
import type { Intent, ThreadContext } from '../reading.ts';
import type { Sentence } from './sentence.ts';
import { wordList } from './word-list.ts';

const TEXTS_OF =
  /^(?:(?:ok|and|now|please|can you|could you) )*(?:show|read|give|see|let me (?:see|read))(?: me| us)? (?:a few|some|one|two|three|four|five|\d|a couple)(?: of)? (?:them|those|these)\b/u;
const WHAT_CHANGED =
  /^(?:(?:ok|and|so|but) )*what(?:s| has| is| was)? (?:changed|different|happened)(?: (?:there|then|here))?$/u;

const ABOUT =
  /^(?:(?:ok|and|so|but) )*what (?:are|is|were|was) (?:they|it|those|these|that|most of them|the tickets)(?: all| mostly| mainly)* about$/u;

const TICKETS = wordList('tickets ticket_rate unanswered_tickets first_response_minutes replies');
/** Metrics that single texts stand behind. */
const WITH_TEXTS = new Set([...TICKETS, 'errors', 'error_rate', 'request_failures']);

/** The intent that the words have only after an answer; undefined where they have none of these. */
export function intentInThread(
  { whole }: Sentence,
  { query }: ThreadContext,
): Extract<Intent, 'examples' | 'explain' | 'tickets'> | undefined {
  if (WHAT_CHANGED.test(whole)) return 'explain';
  if (ABOUT.test(whole) && TICKETS.has(query.metric ?? '')) return 'tickets';
  const isListed = query.group_by.length > 0;
  return TEXTS_OF.test(whole) && !isListed && WITH_TEXTS.has(query.metric ?? '') ? 'examples' : undefined;
}
