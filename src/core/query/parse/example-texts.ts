/** Which single texts are asked for: tickets or errors. */
import type { Sentence } from './sentence.ts';
import { wordList } from './word-list.ts';

/** The metric whose texts are shown. */
export const examplesOf = (metric: string | null, { plain }: Sentence): string => {
  if (/\b(?:tickets?|complain\w*|support|customers?|people|feedback|say|quotes?|conversations?)\b/u.test(plain))
    return 'tickets';
  if (/\b(?:errors?|exceptions?|crash\w*|stack|failures?|requests?)\b/u.test(plain)) return 'errors';
  return metric !== null && TEXTUAL.has(metric) ? 'tickets' : 'errors';
};

const TEXTUAL = wordList('tickets ticket_rate unanswered_tickets first_response_minutes replies');
