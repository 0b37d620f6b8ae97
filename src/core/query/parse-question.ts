/**
 * Our own reader of questions: deterministic, over the catalogue and what the workspace's data names. It never sees a
 * row, and whatever a question says, all it can give is a closed query or an abstention.
 */
import { findMetric } from '../catalogue/index.ts';
import { checkQuery, DEFAULT_ROWS, type MetricQuery } from './metric-query.ts';
import {
  ambiguous,
  findUnsupported,
  nearestChoices,
  refuseFault,
  timeFault,
  withoutMetric,
} from './parse/abstentions.ts';
import { findAmbiguity } from './parse/ambiguity.ts';
import { choice } from './parse/choices.ts';
import { chosenReading, picksOne, quotedReading } from './parse/chosen.ts';
import { correctionOf } from './parse/correction.ts';
import { examplesOf } from './parse/example-texts.ts';
import { focusOn } from './parse/focus.ts';
import { intentOf } from './parse/intents.ts';
import { leansOn, startsAfresh } from './parse/leans-on.ts';
import { merge } from './parse/merge.ts';
import { readMetric } from './parse/metric-choice.ts';
import { readOrdering } from './parse/ordering.ts';
import { asksForRanking, naturalDimension } from './parse/ranking.ts';
import { abstain, notesOf, plain } from './parse/reading-of.ts';
import { findRefusal, type Refusal } from './parse/refusals.ts';
import { readSentence, type Sentence } from './parse/sentence.ts';
import { impliedBy, readSlots, type Slots } from './parse/slots.ts';
import { isOnlyThanks } from './parse/thanks.ts';
import { intentInThread } from './parse/thread-intent.ts';
import { findUnheld } from './parse/unheld.ts';
import { findUnknownTime } from './parse/unknown-time.ts';
import { findUnread, isOfStranger } from './parse/unread.ts';
import type { Intent, QuestionSetting, Reading } from './reading.ts';
import { periodBefore } from './time/period-before.ts';
import { defaultWindow } from './time/read-time.ts';

/** Reads a question. Never throws, whatever the text. */
export function parseQuestion(question: string, setting: QuestionSetting): Reading {
  const reading = readOnce(question, setting);
  if (!setting.thread || reading.intent === 'refuse') return reading;
  const picks = reading.intent === 'clarify' || picksOne(question);
  const chosen =
    quotedReading(question, setting.thread) ?? (picks ? chosenReading(question, setting.thread) : undefined);
  return chosen === undefined ? reading : readOnce(chosen, { ...setting, thread: null });
}

function readOnce(question: string, setting: QuestionSetting): Reading {
  const { thread } = setting;
  const whole = readSentence(question, setting);
  if (whole.tokens.length === 0)
    return abstain('clarify', 'ambiguous', 'nothing', [choice('What can you do?', 'help')]);
  const sentence = focusOn(correctionOf(whole, setting), setting);
  const refusal = findRefusal(question, whole, setting) ?? futureOf(sentence);
  if (refusal) return abstain('refuse', refusal.reason, refusal.about, nearestChoices(sentence, refusal.reason));
  if (isOnlyThanks(whole)) return { ...plain('help'), confidence: 0 };
  const phrased = (thread && intentInThread(sentence, thread)) ?? intentOf(sentence);
  if (phrased === 'help' || phrased === 'status' || phrased === 'runbook')
    return { ...plain(phrased), notes: notesOf(sentence) };
  const own = readSlots(sentence, setting);
  const unsupported = findUnsupported(sentence, own, phrased);
  if (unsupported) return unsupported;
  const leans = thread !== null && !startsAfresh(whole) && leansOn(sentence, own, phrased !== undefined);
  const joined = leans ? merge(thread, own, sentence) : own;
  const named = { ...joined, metric: joined.metric ?? impliedBy(joined) };
  const isRanked = leans && named.metric !== null && named.groupBy.length === 0 && asksForRanking(sentence);
  const ranked = isRanked ? naturalDimension(named) : null;
  if (isRanked && ranked === null) return abstain('clarify', 'ambiguous', 'what to rank', []);
  const merged = ranked === null ? named : { ...named, groupBy: [ranked] };
  const { order, limit } = readOrdering(sentence, merged.metric, merged.groupBy);
  const slots = { ...merged, order: order ?? merged.order, limit: limit ?? merged.limit };
  const inherited = leans && own.metric === null && phrased === undefined ? thread.intent : undefined;
  const fault = timeFault(sentence);
  if (fault) return fault;
  const concluded = conclude(sentence, slots, intentFrom(sentence, phrased, inherited, own), { setting, leans });
  const lost = leans && thread.query.surface !== null && slots.surface === null && own.surface === null;
  return lost && !hasPages(slots.metric)
    ? { ...concluded, notes: [...concluded.notes, forWholeProduct(slots.metric)] }
    : concluded;
}

const hasPages = (metric: string | null): boolean => findMetric(metric ?? '')?.dimensions.includes('surface') !== false;

const forWholeProduct = (metric: string | null): string =>
  `the page read as the whole product: nobody can tell ${(findMetric(metric ?? '')?.label ?? 'this').toLowerCase()} by page`;

const futureOf = ({ time }: Sentence): Refusal | undefined =>
  time.fault?.kind === 'future' ? { reason: 'out_of_scope', about: 'forecasts' } : undefined;

const HOW_MANY = /\bhow many\b/u;

/** A time, a place or a limit alone keeps the kind of question it follows; a cut or a chart asks for figures. */
function intentFrom(
  sentence: Sentence,
  phrased: Intent | undefined,
  inherited: Intent | undefined,
  own: Slots,
): Intent | undefined {
  // "How did the error rate do last month" asks for that figure.
  if (phrased === 'overview' && own.metric !== null) return 'metric';
  if (phrased !== undefined) return phrased;
  if (inherited === undefined || inherited === 'metric') return inherited;
  const compares = (own.compare !== null || own.movement) && (inherited === 'examples' || inherited === 'explain');
  const counts = inherited === 'examples' && HOW_MANY.test(sentence.plain);
  const asksForFigures = counts || own.groupBy.length > 0 || own.grain !== null || compares;
  return asksForFigures ? 'metric' : inherited;
}

function conclude(
  sentence: Sentence,
  slots: Slots,
  intent: Intent | undefined,
  { setting, leans }: { setting: QuestionSetting; leans: boolean },
): Reading {
  const query = queryOf(slots, setting);
  const notes = [...notesOf(sentence), ...findUnread(sentence, slots, !leans && readMetric(sentence) === undefined)];
  const understood = {
    ...query,
    group_by: [],
    grain: null,
    order: 'desc' as const,
    limit: slots.limit ?? DEFAULT_ROWS,
  };
  const time = intent === undefined || intent === 'metric' ? undefined : findUnknownTime(sentence);
  if (time !== undefined) return { ...abstain('clarify', 'ambiguous', `"${time}"`, []), notes: notesOf(sentence) };
  switch (intent) {
    case 'tickets':
      return { ...plain(intent), query: { ...understood, metric: 'tickets', compare: slots.compare }, notes };
    case 'examples':
      return {
        ...plain(intent),
        query: { ...understood, metric: examplesOf(slots.metric, sentence), compare: null },
        notes,
      };
    case 'top':
    case 'overview':
      return { ...plain(intent), query: { ...understood, metric: null, compare: slots.compare }, notes };
    case 'explain':
      if (slots.metric === null && !leans && isBare(slots)) return ambiguous(sentence, slots, query, 'what to explain');
      return { ...plain(intent), query: { ...understood, metric: slots.metric, compare: slots.compare }, notes };
  }
  if (
    slots.metric === null &&
    slots.movement &&
    !leans &&
    isBare(withoutComparison(slots, sentence)) &&
    POINTS_AT_NOTHING.test(sentence.plain)
  )
    return ambiguous(sentence, slots, query, 'what is meant');
  if (slots.metric === null && slots.movement && !leans)
    return { ...plain('overview'), query: { ...understood, metric: null, compare: query.compare }, notes };
  const unheld = findUnheld(sentence, slots, leans);
  if (unheld) return unheld;
  const ambiguity = findAmbiguity(sentence, slots, setting, leans);
  if (ambiguity)
    return {
      ...abstain('clarify', 'ambiguous', ambiguity.about, ambiguity.choices),
      understood: { ...query, metric: null },
      notes,
    };
  if (slots.metric === null) return withoutMetric(sentence, slots, query);
  const checked = checkQuery(query);
  if (checked.fault) return refuseFault(checked.fault, sentence, query);
  const confidence = notes.some(isOfStranger) ? HALF_READ : Math.max(0.3, 1 - 0.1 * sentence.corrected.length);
  return { ...plain('metric'), query: checked.query, confidence, notes };
}

function queryOf(slots: Slots, { asOf, zone }: QuestionSetting): MetricQuery {
  const metric = findMetric(slots.metric ?? '');
  const window = slots.window ?? defaultWindow({ asOf, zone }, metric?.default_window_days);
  return {
    metric: slots.metric,
    surface: slots.surface,
    filters: slots.filters,
    window,
    compare: slots.compare ?? (slots.movement ? periodBefore(window) : null),
    group_by: slots.groupBy,
    grain: slots.grain,
    order: slots.order ?? 'desc',
    limit: slots.limit ?? DEFAULT_ROWS,
  };
}

/** A word of it is not understood: whoever reads better may. */
const HALF_READ = 0.6;

/** "Is it getting worse?" where nothing was asked before. */
const POINTS_AT_NOTHING =
  /^(?:(?:so|and|but|hey) )*(?:is|are|was|were|did|has|have|does|do) (?:it|that|this|they|these|those)\b/u;

/** "Up or down compared to before" names no period of its own. */
const withoutComparison = (slots: Slots, { time }: Sentence): Slots =>
  time.spans.every(({ of }) => of === 'compare') ? { ...slots, window: null } : slots;

const isBare = ({ surface, filters, window }: Slots): boolean =>
  surface === null && window === null && Object.keys(filters).length === 0;
