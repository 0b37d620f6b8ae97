/** What a question asks for besides its figure that no query holds: asked back about or refused, never dropped. */
import { findMetric } from '../../catalogue/index.ts';
import type { Reading } from '../reading.ts';
import { askFor } from './choices.ts';
import { findLeftOut, leftOutAt } from './left-out.ts';
import { wordsBefore } from './neighbours.ts';
import { phrases } from './phrases/phrases.ts';
import { abstain, notesOf } from './reading-of.ts';
import { meant, type Sentence } from './sentence.ts';
import type { Slots } from './slots.ts';
import { findUnknownCut } from './unknown-cut.ts';
import { findReleaseAsTime, findUnknownTime } from './unknown-time.ts';
import { findDeed, findUnreadLimit } from './unread-limits.ts';
import { wordList } from './word-list.ts';

/** @param leans whether a thread is continued, whose limits may be taken back. */
export function findUnheld(sentence: Sentence, slots: Slots, leans: boolean): Reading | undefined {
  const { metric } = slots;
  if (metric === null) return undefined;
  const cut = findUnknownCut(sentence, { ...slots, metric });
  if (cut !== undefined) return abstain('refuse', 'unsupported_dimension', cut, [plainFigure(metric, sentence, slots)]);
  const per = findPerFigure(sentence, metric);
  if (per !== undefined) return abstain('refuse', 'unsupported_metric', per, [plainFigure(metric, sentence, slots)]);
  const ask = (about: string, kept: Slots = slots): Reading => ({
    ...abstain('clarify', 'ambiguous', about, [plainFigure(metric, sentence, kept)]),
    notes: notesOf(sentence),
  });
  const time = findUnknownTime(sentence) ?? findReleaseAsTime(sentence);
  if (time !== undefined) return ask(`"${time}"`);
  const leftOut = findLeftOut(sentence, slots, leans);
  if (leftOut === '') return ask('leaving out a page', { ...slots, surface: null });
  if (leftOut !== undefined) return ask(`leaving out "${leftOut}"`, { ...slots, filters: {}, surface: null });
  const limit = findUnreadLimit(sentence, metric, leans);
  if (limit !== undefined) return ask(`"${limit}"`);
  const deed = findDeed(sentence, metric);
  if (deed !== undefined) return { ...ask(`"${deed}"`), confidence: AT_A_LOSS };
  const undone = LACKING.has(metric) || leftOutAt(sentence).length > 0 ? undefined : UNDONE.exec(sentence.plain)?.[0];
  return undone === undefined ? undefined : ask(`"${undone}"`);
}

/** "Errors per order": a count by another is none of our figures. */
function findPerFigure(sentence: Sentence, metric: string): string | undefined {
  const named = meant(sentence.mentions, 'metric');
  if (!named.some(({ meaning }) => meaning.id === metric)) return undefined;
  const per = named.find(
    ({ mention, meaning }) =>
      meaning.id !== metric &&
      !mention.meanings.some(({ kind }) => kind === 'dimension') &&
      wordsBefore(sentence.tokens, mention, 1)[0] === 'per',
  );
  return per && `${findMetric(metric)?.label ?? metric} per ${sentence.tokens[per.mention.first]?.text}`;
}

/** The figure without what is not understood. */
function plainFigure(metric: string, sentence: Sentence, slots: Slots): Reading['choices'][number] {
  return askFor(metric, { ...sentence, time: { ...sentence.time, spans: [] } }, slots);
}

/** Another reader may know what people do when they "chicken out". */
const AT_A_LOSS = 0.3;

/** What did not happen is counted of tickets and credits alone. */
const LACKING = wordList('unanswered_tickets credit_exhausted_users credit_exhaustion_rate');
const WHO =
  'who|that|which|users?|people|ppl|customers?|accounts?|compan(?:y|ies)|clients?|visitors?|members?|newcomers|signups|they|of us';
const UNDONE = phrases`
  (?:${WHO}) (?:\w+ ){0,4}?(?:didnt|dont|doesnt|havent|hasnt|hadnt|(?:did|do|does|have|has|had|are|is|were|was) (?:not|never)|never) \w+
  (?:${WHO}) (?:\w+ ){0,2}?(?:cant|cannot|couldnt|can not|could not|(?:is|are|was|were) (?:unable|not able)|unable) (?:to )?\w+
  not (?:yet |been )*(?:fixed|resolved|closed|handled|paid|shipped|delivered|acknowledged|completed|finished|solved|refunded)
`;
