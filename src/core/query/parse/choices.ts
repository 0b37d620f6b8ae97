/** Ways on for a question that cannot be answered as it stands. */
import { findMetric } from '../../catalogue/index.ts';
import type { Choice } from '../reading.ts';
import type { Sentence } from './sentence.ts';

const LONGEST_LABEL = 75;

/** "Error rate on /checkout last week": the metric, with the place and time of the question. */
export function askFor(metric: string, sentence: Sentence, surface: string | null): Choice {
  const label = findMetric(metric)?.label ?? metric;
  const question = [label.toLowerCase(), surface === null ? '' : `on ${surface}`, timeWords(sentence)]
    .filter(Boolean)
    .join(' ');
  return choice([label, surface ?? ''].filter(Boolean).join(', '), question);
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
