/** Holds a reader of questions against the questions and threads with known answers. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { nextContext } from '../../src/core/query/parse/next-context.ts';
import type { QuestionSetting, Reading, ThreadContext } from '../../src/core/query/reading.ts';
import { judge, type Part, readQuestions, readThreads, readVocabulary } from './cases.ts';

export type Read = (question: string, setting: QuestionSetting) => Reading | Promise<Reading>;

interface Miss {
  id: string;
  question: string;
  differences: readonly string[];
}

interface Share {
  right: number;
  of: number;
}

export interface Measured {
  part: Part;
  questions: Share;
  /** Of what was refused, what had to be; of what had to be refused, what was. */
  precision: Share;
  recall: Share;
  /** Threads in which every turn is right. */
  threads: Share;
  turns: Share;
  /** Answered as if it were clear, and not what was asked. */
  wrongButConfident: Share;
  misses: readonly Miss[];
  milliseconds: number;
}

export const percent = ({ right, of }: Share): number => (of === 0 ? 100 : (100 * right) / of);

const ABSTAINED = new Set(['refuse', 'clarify']);
/** As the router has it: below, a model would be asked. */
const CONFIDENT = 0.75;

export async function measure(part: Part, read: Read): Promise<Measured> {
  const vocabulary = readVocabulary();
  const misses: Miss[] = [];
  const questions = { right: 0, of: 0 };
  const [precision, recall] = [
    { right: 0, of: 0 },
    { right: 0, of: 0 },
  ];
  const wrongButConfident = { right: 0, of: 0 };
  const started = performance.now();
  for (const { id, question, as_of, zone, expect } of readQuestions(part)) {
    const at = { asOf: Date.parse(as_of), zone };
    const reading = await read(question, { ...at, vocabulary, thread: null });
    const differences = judge(reading, expect, at);
    const isWrong = differences.length > 0;
    count(questions, !isWrong);
    count(wrongButConfident, isWrong && !ABSTAINED.has(reading.intent) && reading.confidence >= CONFIDENT);
    const mustRefuse = expect.some(({ intent }) => intent === 'refuse');
    if (reading.intent === 'refuse') count(precision, mustRefuse);
    if (mustRefuse) count(recall, reading.intent === 'refuse');
    if (isWrong) misses.push({ id, question, differences });
  }
  const milliseconds = (performance.now() - started) / questions.of;
  const threaded = await measureThreads(part, read, misses);
  return { part, questions, precision, recall, ...threaded, wrongButConfident, misses, milliseconds };
}

async function measureThreads(part: Part, read: Read, misses: Miss[]): Promise<Pick<Measured, 'threads' | 'turns'>> {
  const vocabulary = readVocabulary();
  const threads = { right: 0, of: 0 };
  const turns = { right: 0, of: 0 };
  for (const { id, as_of, zone, turns: asked } of readThreads(part)) {
    const at = { asOf: Date.parse(as_of), zone };
    let thread: ThreadContext | null = null;
    let isRight = true;
    for (const { question, expect } of asked) {
      const reading: Reading = await read(question, { ...at, vocabulary, thread });
      const differences = judge(reading, expect, at);
      count(turns, differences.length === 0);
      if (differences.length > 0) misses.push({ id, question, differences });
      isRight &&= differences.length === 0;
      thread = nextContext(reading, thread);
    }
    count(threads, isRight);
  }
  return { threads, turns };
}

function count(share: Share, isRight: boolean): void {
  share.of += 1;
  if (isRight) share.right += 1;
}

const hostileSchema = z.strictObject({
  id: z.string(),
  as_of: z.string(),
  question: z.string(),
  must: z.enum(['refuse', 'harmless']),
});

/** Attempts that have to be refused and were not. What is harmless may be read as anything: all that can come of it is a closed query. */
export async function measureHostile(read: Read): Promise<{ refused: Share; missed: readonly Miss[] }> {
  const vocabulary = readVocabulary();
  const refused = { right: 0, of: 0 };
  const missed: Miss[] = [];
  const lines = readFileSync(new URL('./hostile.jsonl', import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean);
  for (const line of lines) {
    const { id, as_of, question, must } = hostileSchema.parse(JSON.parse(line));
    if (must === 'harmless') continue;
    const reading = await read(question, { asOf: Date.parse(as_of), zone: 'UTC', vocabulary, thread: null });
    count(refused, reading.intent === 'refuse');
    if (reading.intent !== 'refuse')
      missed.push({ id, question, differences: [`intent ${reading.intent} ${reading.query?.metric ?? ''}`.trim()] });
  }
  return { refused, missed };
}
