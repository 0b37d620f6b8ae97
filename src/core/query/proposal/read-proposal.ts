/**
 * From what a model says a question means to a reading: the same validator as for our own reader, and nothing that the
 * model cannot know. Whatever is proposed, all that can come out is a closed query, an abstention, or a fault.
 */
import { findMetric } from '../../catalogue/index.ts';
import { phraseQuestion } from '../answer/phrase-question.ts';
import { checkQuery, DEFAULT_ROWS, type MetricQuery, metricQuerySchema } from '../metric-query.ts';
import { askFor } from '../parse/choices.ts';
import { readOrdering } from '../parse/ordering.ts';
import { readSentence } from '../parse/sentence.ts';
import { isOfStranger } from '../parse/unread.ts';
import type { QuestionSetting, Reading, Reason } from '../reading.ts';
import { defaultWindow } from '../time/read-time.ts';
import { type Known, knownCohortDay, knownSurface, knownValue, leftOut } from './entities.ts';
import { chosenCompare, chosenWindow } from './periods.ts';
import type { Proposal } from './proposal.ts';

/** Ours is 1 where nothing was put right; a model's reading is never as sure. */
const MODEL_CONFIDENCE = 0.7;
const FEWEST_CHOICES = 2;
const MOST_CHOICES = 3;

/** `fault` says in a few words why the proposal is not used; it holds none of the question. */
export type ProposalRead = { reading: Reading; fault?: undefined } | { reading?: undefined; fault: string };

/** @param own how our reader read the same question: what it put right and what it could offer stay. */
export function readProposal(
  proposal: Proposal,
  question: string,
  { setting, own }: { setting: QuestionSetting; own: Reading },
): ProposalRead {
  const known: Known = { sentence: readSentence(question, setting), setting };
  switch (proposal.intent) {
    case 'help':
    case 'status':
    case 'runbook':
      return { reading: plain(proposal.intent, own.notes) };
    case 'refuse':
      return readRefusal(proposal, own);
    case 'clarify':
      return readClarification(proposal, known, own);
    default:
      return readQuery(proposal, proposal.intent, known, own);
  }
}

const plain = (intent: Reading['intent'], notes: Reading['notes']): Reading => ({
  intent,
  query: null,
  reason: null,
  confidence: MODEL_CONFIDENCE,
  choices: [],
  about: null,
  notes,
});

const REFUSED: ReadonlySet<Reason> = new Set([
  'private_data',
  'write_request',
  'out_of_scope',
  'unsupported_metric',
  'unsupported_dimension',
]);

/** The words of a refusal are ours; the model only says which one it is. */
function readRefusal({ reason }: Proposal, own: Reading): ProposalRead {
  if (reason === null || !REFUSED.has(reason)) return { fault: 'a refusal without a reason for one' };
  const about = own.reason === reason ? own.about : null;
  return { reading: { ...plain('refuse', own.notes), reason, about, choices: own.choices } };
}

function readClarification({ could_mean }: Proposal, { sentence }: Known, own: Reading): ProposalRead {
  const metrics = [...new Set(could_mean)].slice(0, MOST_CHOICES);
  if (metrics.length < FEWEST_CHOICES) return { fault: 'a clarification without two readings' };
  const { surface, filters, group_by } = own.understood ?? { surface: null, filters: {}, group_by: [] };
  const kept = { surface, filters, groupBy: group_by };
  return {
    reading: {
      ...own,
      intent: 'clarify',
      query: null,
      reason: 'ambiguous',
      about: own.intent === 'clarify' ? own.about : null,
      choices: metrics.map((metric) => askFor(metric, sentence, kept)),
      confidence: MODEL_CONFIDENCE,
    },
  };
}

type QueryIntent = Exclude<Proposal['intent'], 'help' | 'status' | 'runbook' | 'refuse' | 'clarify'>;

function readQuery(proposal: Proposal, intent: QueryIntent, known: Known, own: Reading): ProposalRead {
  const built = buildQuery(proposal, known);
  if (typeof built === 'string') return { fault: built };
  const query = intent === 'metric' ? built : narrowed(built, intent);
  const faulty = intent === 'metric' ? metricFault(query) : shapeFault(query);
  if (faulty !== null) return { fault: faulty };
  const dropped = leftOut(known.sentence, query);
  if (dropped !== null) return { fault: `the question names a ${dropped} that is left out` };
  const notes = [...own.notes.filter((note) => !isOfStranger(note)), `this read as "${phraseQuestion(query)}"`];
  return { reading: { ...plain(intent, notes), query } };
}

/** The query, or why there is none. */
function buildQuery(proposal: Proposal, known: Known): MetricQuery | string {
  const { sentence, setting } = known;
  const { asOf, zone, thread } = setting;
  const at = { asOf, zone };
  const surface = proposal.surface === null ? null : knownSurface(proposal.surface, known);
  if (surface === null && proposal.surface !== null) return 'a surface it cannot have seen';
  const filters = readFilters(proposal, known);
  if (filters === null) return 'a value it cannot have seen';
  const { time } = sentence;
  const days = findMetric(proposal.metric ?? '')?.default_window_days;
  const window = chosenWindow(proposal.period, time, thread, at) ?? defaultWindow(at, days);
  const ordering = readOrdering(sentence, proposal.metric, proposal.group_by);
  const isCut = proposal.group_by.length > 0;
  return {
    metric: proposal.metric,
    surface,
    filters,
    window,
    compare: chosenCompare(proposal.compare, { window, time, thread, at }),
    group_by: proposal.group_by,
    grain: time.grain ?? proposal.grain,
    order: ordering.order ?? (isCut ? proposal.order : 'desc'),
    limit: ordering.limit ?? (isCut ? proposal.limit : DEFAULT_ROWS),
  };
}

function readFilters({ filters }: Proposal, known: Known): MetricQuery['filters'] | null {
  const read: MetricQuery['filters'] = {};
  for (const { dimension, values } of filters) {
    if (dimension === 'cohort_day') {
      const day = values.length === 1 ? knownCohortDay(values[0] ?? '', known) : null;
      if (day === null) return null;
      read.cohort_day = day;
      continue;
    }
    const found = values.map((value) => knownValue(dimension, value, known)).filter((value) => value !== null);
    const [only, second] = found;
    if (found.length !== values.length || only === undefined) return null;
    read[dimension] = second === undefined ? only : found;
  }
  return read;
}

/** As our own reader has it: what is no figure is not cut, and some intents are about one metric or none. */
function narrowed(query: MetricQuery, intent: Exclude<QueryIntent, 'metric'>): MetricQuery {
  const uncut = { ...query, group_by: [], grain: null, order: 'desc' as const };
  if (intent === 'tickets') return { ...uncut, metric: 'tickets' };
  if (intent === 'explain') return uncut;
  if (intent === 'examples')
    return { ...uncut, metric: query.metric === 'tickets' ? 'tickets' : 'errors', compare: null };
  return { ...uncut, metric: null };
}

function metricFault(query: MetricQuery): string | null {
  const { fault } = checkQuery(query);
  return fault === undefined ? null : `the query is ${fault.kind}`;
}

/** Without a metric there is no catalogue entry to check against. */
function shapeFault(query: MetricQuery): string | null {
  if (query.metric !== null) return metricFault(query);
  return metricQuerySchema.safeParse(query).success && query.window.start < query.window.end
    ? null
    : 'the query is malformed';
}
