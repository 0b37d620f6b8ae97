/** What is said again in the same breath: "tickets in june, i mean july". */
import type { QuestionSetting } from '../reading.ts';
import { readMetric } from './metric-choice.ts';
import { readSentence, type Sentence } from './sentence.ts';

const PAUSE = '(?:no|oh|er|um|uh|ah|oops|well|actually|hang on|hold on)';
const REPAIR = new RegExp(
  `^(?<said>.{3,}?)[\\s,.;–—-]+(?:${PAUSE}[\\s,.]+){0,3}(?:i mean(?:t)?|sorry|scratch that|strike that|make (?:that|it)|or rather|correction|wait)(?:[\\s,.]+(?:no|sorry|i mean(?:t)?|wait|actually|make (?:that|it)))*[\\s,.:]+(?<meant>.{2,})$`,
  'iu',
);
const LEADING = '(?:on|in|for|from|by|at|to|of|the|during|since)';
const LEADS = new RegExp(`^${LEADING}\\b`, 'iu');
const DANGLING = new RegExp(`(?:\\b${LEADING}\\s+)+$`, 'iu');

interface Said {
  kind: string;
  start: number;
  end: number;
}

/** The question with what was said again in its place; as it is where nothing of it was. */
export function repaired(sentence: Sentence, setting: QuestionSetting): Sentence {
  const { said, meant } = REPAIR.exec(sentence.text)?.groups ?? {};
  if (said === undefined || meant === undefined) return sentence;
  const kinds = saidIn(readSentence(meant, setting)).map(({ kind }) => kind);
  const again = saidIn(readSentence(said, setting)).filter(({ kind }) => kinds.includes(kind));
  if (again.length === 0) return sentence;
  const kept = again
    .sort((a, b) => b.start - a.start)
    .reduce((rest, { start, end }) => {
      const before = rest.slice(0, start);
      return `${LEADS.test(meant) ? before.replace(DANGLING, '') : before} ${rest.slice(end)}`;
    }, said);
  return readSentence(`${kept} ${meant}`, setting);
}

/** Everything of a text that could be said again, with where it stands. */
function saidIn(sentence: Sentence): Said[] {
  const { mentions, tokens, written, time } = sentence;
  const metric = readMetric(sentence)?.mention;
  return [
    ...mentions.flatMap(({ first, end, meanings }) => {
      const at = { start: tokens[first]?.start ?? 0, end: tokens[end - 1]?.end ?? 0 };
      const kinds = meanings.filter(
        ({ kind }) => kind !== 'metric' || (metric?.first === first && meanings.length === 1),
      );
      return kinds.map((one) => ({ kind: one.kind === 'value' ? `value of ${one.dimension}` : one.kind, ...at }));
    }),
    ...written.map(({ slot, start, end }) => ({ kind: slot === 'surface' ? slot : `value of ${slot}`, start, end })),
    ...(time.window === null ? [] : time.spans.map(({ start, end }) => ({ kind: 'time', start, end }))),
  ].filter((one, at, all) => all.findIndex((other) => other.start === one.start && other.kind === one.kind) === at);
}
