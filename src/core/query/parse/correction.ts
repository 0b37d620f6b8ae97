/** What a question takes back in the same breath: "tickets, not errors", "not January, March". */
import type { QuestionSetting } from '../reading.ts';
import { readMetric } from './metric-choice.ts';
import { repaired } from './repair.ts';
import { readSentence, type Sentence } from './sentence.ts';

/** Something is taken back, and what stands in its place follows. */
const BACK_FIRST =
  /^(?:no[,.]?\s+)?(?:not|instead of|rather than)\s+(?<back>[^,]{2,40}?)(?:,\s*(?:but\s+)?|\s+but\s+)(?<meant>.{2,80})$/iu;
/** What is meant comes first; more may follow after a comma. */
const BACK_LAST =
  /^(?<meant>.{2,80}?),?\s+(?:(?:and|but)\s+)?(?:not|instead of|rather than)\s+(?<back>[^,]{2,40}?)(?:,\s*(?<rest>.{2,60}?))?[.!?]*$/iu;

/** "Did not activate", "tickets not answered": what did not happen is asked about. */
const AUXILIARY = /\b(?:did|do|does|is|are|was|were|has|have|had|can|could|would|should|will|or|if|why)$/iu;
const DEED = /^(?:yet |been |being )?\w+(?:ed|ing)\b/iu;

/** The question without what it takes back: only where both sides name the same kind of thing. */
export function correctionOf(asked: Sentence, setting: QuestionSetting): Sentence {
  const sentence = repaired(asked, setting);
  const found = BACK_FIRST.exec(sentence.text) ?? BACK_LAST.exec(sentence.text);
  const { meant, back, rest } = found?.groups ?? {};
  if (meant === undefined || back === undefined || AUXILIARY.test(meant) || DEED.test(back)) return sentence;
  const kept = readSentence([meant, rest].filter(Boolean).join(' '), setting);
  const kinds = kindsOf(kept);
  const both = kindsOf(readSentence(back, setting)).filter((kind) => kinds.includes(kind));
  // "Last week, but not on Monday" leaves a day out.
  const leavesOut = /\bbut$/iu.test(meant) || /\bbut\s+not\b/iu.test(sentence.text);
  return both.some((kind) => !leavesOut || kind === 'metric') ? kept : sentence;
}

/** The kinds of things words name; a "rate" and a "count" are two forms of a figure. */
function kindsOf(sentence: Sentence): string[] {
  const kinds = sentence.mentions.flatMap(({ meanings }) =>
    meanings.map((one) => (one.kind === 'value' ? `value of ${one.dimension}` : one.kind)),
  );
  return [
    ...kinds,
    ...sentence.written.map(({ slot }) => (slot === 'surface' ? slot : `value of ${slot}`)),
    ...(sentence.time.window === null && sentence.time.compare === null ? [] : ['time']),
    ...(sentence.time.grain === null ? [] : ['grain']),
    ...(readMetric(sentence) === undefined ? [] : ['metric']),
    ...(/\b(?:rates?|counts?|numbers?|totals?|percentages?|shares?)\b/u.test(sentence.plain) ? ['form'] : []),
  ];
}
