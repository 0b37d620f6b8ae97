import { z } from 'zod';
import { CATALOGUE } from '../core/catalogue/index.ts';
import { namedPeriods } from '../core/query/proposal/periods.ts';
import { proposalSchema } from '../core/query/proposal/proposal.ts';
import type { QuestionSetting } from '../core/query/reading.ts';
import { readTime } from '../core/query/time/read-time.ts';
import { dateInZone } from '../core/window.ts';
import { fence } from './fence.ts';

const windowed = z.object({ start: z.string(), end: z.string() });

/** What prompts/route-question.md is sent. */
export const routeInput = z.object({
  question: z.string(),
  today: z.string(),
  periods: z.array(z.object({ name: z.string(), ...windowed.shape })),
  thread: z.record(z.string(), z.unknown()).nullable(),
  metrics: z.array(z.object({ id: z.string(), means: z.string(), also: z.string() })),
  dimensions: z.array(z.object({ id: z.string(), means: z.string() })),
  surfaces: z.array(z.string()),
  values: z.record(z.string(), z.array(z.string())),
});

/** What it answers. */
export const routeOutput = proposalSchema;

const LONGEST_QUESTION = 1_000;
const LONGEST_VALUE = 80;
/** The most used come first; what is left out can still be asked for by its name. */
const MOST_SURFACES = 80;
const MOST_VALUES = 20;

/** Customers' names are nobody's business but the question's, which has to say them. */
const NEVER_LISTED = new Set(['account', 'surface']);

/**
 * The catalogue, the data's names and the thread's slots: never a row. What a metric may be cut by is left to the check:
 * it would double the length. Everything strangers may have written is fenced.
 */
export function buildRouteInput(question: string, setting: QuestionSetting): z.infer<typeof routeInput> {
  const { asOf, zone, vocabulary } = setting;
  const listed = Object.entries(vocabulary.values).filter(([dimension]) => !NEVER_LISTED.has(dimension));
  return {
    question: fence(question, LONGEST_QUESTION),
    today: dateInZone(asOf, zone),
    periods: periodsOf(question, setting),
    thread: threadSlots(setting),
    metrics: CATALOGUE.metrics.map(({ id, definition, synonyms }) => ({
      id,
      means: definition,
      also: synonyms.join(', '),
    })),
    dimensions: CATALOGUE.dimensions.map(({ id, definition }) => ({ id, means: definition })),
    surfaces: vocabulary.surfaces.slice(0, MOST_SURFACES).map(named),
    values: Object.fromEntries(
      listed.map(([dimension, values]) => [dimension, values.slice(0, MOST_VALUES).map(named)]),
    ),
  };
}

/** A name that a tool or a person gave: in one line, and without brackets to close a fence with. */
const named = (value: string): string => {
  const fenced = fence(value.replace(/\s+/g, ' '), LONGEST_VALUE);
  return fenced.slice('<untrusted>'.length, -'</untrusted>'.length);
};

function periodsOf(question: string, { asOf, zone, thread }: QuestionSetting): z.infer<typeof routeInput>['periods'] {
  const at = { asOf, zone };
  const previous = thread?.query.window;
  const { window } = readTime(question, { ...at, ...(previous ? { previous } : {}) });
  return [
    ...(window === null ? [] : [{ name: 'in_question', start: window.start, end: window.end }]),
    ...(previous === undefined ? [] : [{ name: 'of_thread', start: previous.start, end: previous.end }]),
    ...namedPeriods(at).map(({ name, window: { start, end } }) => ({ name, start, end })),
  ];
}

function threadSlots({ thread }: QuestionSetting): Record<string, unknown> | null {
  if (thread === null) return null;
  const { filters, surface, ...query } = thread.query;
  return {
    intent: thread.intent,
    ...query,
    surface: surface === null ? null : named(surface),
    filters: Object.entries(filters).map(([dimension, value]) => ({
      dimension,
      values: [value ?? []].flat().map((one) => named(String(one))),
    })),
    listed: thread.listed
      .filter(({ dimension }) => dimension !== 'account')
      .slice(0, MOST_VALUES)
      .map(({ dimension, value }) => ({ dimension, value: named(value) })),
  };
}
