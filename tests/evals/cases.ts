/** The questions and threads with known answers, and how a reading is held against them. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DEFAULT_ROWS, type MetricQuery } from '../../src/core/query/metric-query.ts';
import { INTENTS, REASONS, type Reading } from '../../src/core/query/reading.ts';
import { defaultWindow } from '../../src/core/query/time/read-time.ts';
import type { Vocabulary } from '../../src/core/query/vocabulary.ts';

const expectation = z.strictObject({
  intent: z.enum(INTENTS),
  query: z.record(z.string(), z.unknown()).nullable(),
  reason: z.enum(REASONS).nullable(),
});
type Expectation = z.infer<typeof expectation>;
const expected = z.union([
  expectation.transform((one) => [one]),
  z.strictObject({ either: z.array(expectation).min(2) }).transform(({ either }) => either),
]);

const placed = { id: z.string(), as_of: z.string(), zone: z.string().default('UTC') };
const questionSchema = z.strictObject({ ...placed, question: z.string(), expect: expected });
const turnSchema = z.strictObject({ question: z.string(), expect: expected });
const threadSchema = z.strictObject({ ...placed, turns: z.array(turnSchema).min(2) });

export type QuestionCase = z.infer<typeof questionSchema>;
export type ThreadCase = z.infer<typeof threadSchema>;
export type Part = 'tune' | 'holdout';

const here = (path: string): URL => new URL(path, import.meta.url);

const lines = (path: string): unknown[] =>
  readFileSync(here(path), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): unknown => JSON.parse(line));

/** What rules may be written for grows; what is held out does not. */
const PREFIXES: Readonly<Record<Part, readonly string[]>> = {
  tune: ['', 'more-', 'more-classes-', 'examined-', 'examined-b-', 'examined-c-', 'more-classes-c-'],
  holdout: [''],
};

const linesOf = (part: Part, kind: 'questions' | 'threads'): unknown[] =>
  PREFIXES[part].flatMap((prefix) => lines(`./${part}/${prefix}${kind}.jsonl`));

export const readQuestions = (part: Part): QuestionCase[] =>
  linesOf(part, 'questions').map((line) => questionSchema.parse(line));

export const readThreads = (part: Part): ThreadCase[] =>
  linesOf(part, 'threads').map((line) => threadSchema.parse(line));

const vocabularySchema = z.object({
  surfaces: z.array(z.string()),
  values: z.record(z.string(), z.array(z.string())),
  sources_with_data: z.array(z.string()),
});

export function readVocabulary(): Vocabulary {
  const { surfaces, values, sources_with_data } = vocabularySchema.parse(
    JSON.parse(readFileSync(here('./vocabulary.json'), 'utf8')),
  );
  return { surfaces, values, sources: sources_with_data };
}

/** Whether a reading is one of the right ones; where not, what differs from the first of them. */
export function judge(
  reading: Reading,
  expectations: readonly Expectation[],
  at: { asOf: number; zone: string },
): string[] {
  const differences = expectations.map((one) => differencesOf(reading, one, at));
  return differences.some((list) => list.length === 0) ? [] : (differences[0] ?? []);
}

function differencesOf(reading: Reading, wanted: Expectation, at: { asOf: number; zone: string }): string[] {
  const found: string[] = [];
  if (reading.intent !== wanted.intent) found.push(`intent ${reading.intent}, not ${wanted.intent}`);
  // Whether a runbook covers it is known once the question is answered.
  const reason = wanted.intent === 'runbook' ? reading.reason : wanted.reason;
  if (reading.reason !== reason) found.push(`reason ${reading.reason}, not ${wanted.reason}`);
  if ((reading.query === null) !== (wanted.query === null)) found.push(`query ${JSON.stringify(reading.query)}`);
  if (!reading.query || !wanted.query) return found;
  const full = { ...defaults(at), ...wanted.query };
  const compared = comparedFields(reading.intent, full);
  for (const field of compared) {
    const [got, right] = [inOneForm(reading.query[field]), inOneForm(full[field])];
    if (got !== right) found.push(`${field} ${got}, not ${right}`);
  }
  return found;
}

const defaults = (at: { asOf: number; zone: string }): MetricQuery => ({
  metric: null,
  surface: null,
  filters: {},
  window: defaultWindow(at),
  compare: null,
  group_by: [],
  grain: null,
  order: 'desc',
  limit: DEFAULT_ROWS,
});

function comparedFields(intent: string, query: { group_by: unknown }): readonly (keyof MetricQuery)[] {
  const always = ['metric', 'surface', 'filters', 'window'] as const;
  if (['overview', 'explain', 'top', 'examples'].includes(intent)) return always;
  const cut = Array.isArray(query.group_by) && query.group_by.length > 0;
  return [...always, 'compare', 'group_by', 'grain', ...(cut ? (['order', 'limit'] as const) : [])];
}

/** Lists in filters are sets; keys have no order. */
function inOneForm(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOneForm).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${key}:${inOneForm(part)}`).join()}}`;
}
