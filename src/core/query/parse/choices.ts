/** Ways on for a question that cannot be answered as it stands. */
import { findMetric } from '../../catalogue/index.ts';
import { questionNoun as nounOf, phraseWindow } from '../answer/phrase-question.ts';
import type { Choice } from '../reading.ts';
import type { Sentence } from './sentence.ts';
import type { Slots } from './slots.ts';

const LONGEST_LABEL = 75;

/** What a choice keeps of the question besides its time. */
type Kept = Pick<Slots, 'surface'> & Partial<Pick<Slots, 'filters' | 'groupBy' | 'window'>>;

/** What may be meant by words that nothing around them decides. */
export interface Ambiguity {
  about: string;
  choices: readonly Choice[];
}

/** "Error rate on /checkout by plan last week": the metric, with the place, limits, cut and time of the question. */
export function askFor(metric: string, sentence: Sentence, kept: Kept): Choice {
  const label = findMetric(metric)?.label ?? metric;
  const place = kept.surface === null ? '' : `on ${kept.surface}`;
  const question = [label.toLowerCase(), place, limitWords(sentence, kept)].filter(Boolean).join(' ');
  return choice([label, kept.surface ?? ''].filter(Boolean).join(', '), question);
}

/** Limits, cut and time in words that are read as just these. */
export function limitWords(
  sentence: Sentence,
  { filters = {}, groupBy = [], window = null }: Omit<Kept, 'surface'>,
): string {
  const limits = Object.entries(filters).flatMap(([dimension, value]) =>
    value === undefined || dimension === 'funnel' || dimension === 'surface'
      ? []
      : [dimension === 'cohort_day' ? `day ${value}` : `for ${nounOf(dimension)} ${[value].flat().join(' and ')}`],
  );
  const time = timeWords(sentence) || (window === null ? '' : phraseWindow(window));
  return [...limits, ...groupBy.map((dimension) => `by ${nounOf(dimension)}`), time].filter(Boolean).join(' ');
}

export function choice(label: string, question: string): Choice {
  const characters = [...label];
  const cut = characters.length > LONGEST_LABEL ? `${characters.slice(0, LONGEST_LABEL - 1).join('')}…` : label;
  return { label: cut, question };
}

/** The time as it was written. */
export function timeWords({ text, time }: Sentence): string {
  return time.spans
    .filter(({ of }) => of !== 'grain')
    .map(({ start, end }) => text.slice(start, end))
    .join(' ');
}
