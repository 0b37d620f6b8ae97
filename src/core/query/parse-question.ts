/**
 * Our own reader of questions: deterministic, over the catalogue and what the workspace's data names. It never sees a
 * row, and whatever a question says, all it can give is a closed query or an abstention.
 */
import { findMetric } from '../catalogue/index.ts';
import { checkQuery, DEFAULT_ROWS, type MetricQuery, type QueryFault } from './metric-query.ts';
import { findAmbiguity } from './parse/ambiguity.ts';
import { askFor, choice, timeWords } from './parse/choices.ts';
import { chosenReading } from './parse/chosen.ts';
import { focusOn } from './parse/focus.ts';
import { intentOf } from './parse/intents.ts';
import { leansOn } from './parse/leans-on.ts';
import { merge } from './parse/merge.ts';
import { readOrdering } from './parse/ordering.ts';
import { findRefusal, type Refusal } from './parse/refusals.ts';
import { readSentence, type Sentence } from './parse/sentence.ts';
import { impliedBy, readSlots, type Slots } from './parse/slots.ts';
import { findUnknown } from './parse/unknown.ts';
import { findUnread } from './parse/unread.ts';
import { findUnsupportedDimension, findUnsupportedMetric } from './parse/unsupported.ts';
import type { Choice, Intent, QuestionSetting, Reading, Reason } from './reading.ts';
import { periodBefore } from './time/period-before.ts';
import { defaultWindow } from './time/read-time.ts';

/** Reads a question. Never throws, whatever the text. */
export function parseQuestion(question: string, setting: QuestionSetting): Reading {
  const reading = readOnce(question, setting);
  const chosen = reading.intent === 'clarify' && setting.thread ? chosenReading(question, setting.thread) : undefined;
  return chosen === undefined ? reading : readOnce(chosen, { ...setting, thread: null });
}

function readOnce(question: string, setting: QuestionSetting): Reading {
  const whole = readSentence(question, setting);
  if (whole.tokens.length === 0)
    return abstain('clarify', 'ambiguous', 'nothing', [choice('What can you do?', 'help')]);
  const sentence = focusOn(whole, setting);
  const refusal = findRefusal(question, whole, setting) ?? futureOf(sentence);
  if (refusal) return abstain('refuse', refusal.reason, refusal.about, nearestChoices(sentence, refusal.reason));
  if (THANKS.test(whole.whole)) return { ...plain('help'), confidence: 0 };
  const phrased = intentOf(sentence);
  if (phrased === 'help' || phrased === 'status' || phrased === 'runbook')
    return { ...plain(phrased), notes: notesOf(sentence) };
  const own = readSlots(sentence, setting);
  const unsupported = findUnsupported(sentence, own, phrased);
  if (unsupported) return unsupported;
  const thread = setting.thread;
  const leans = thread !== null && leansOn(sentence, own, phrased !== undefined);
  const joined = leans ? merge(thread, own, sentence) : own;
  const merged = { ...joined, metric: joined.metric ?? impliedBy(joined) };
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

/** Said to people as much as to us: nothing is asked. */
const THANKS =
  /^(?:(?:ok|okay|thanks|thank you|thx|great|cool|nice|perfect|awesome|lol|haha|got it|will do|sure|yes|no|yep|nope|alright|good|wow|hm+|interesting|noted|done|so much|a lot|very much|seepass|all|everyone|team|guys)\s?)+$/u;

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
  const notes = [...notesOf(sentence), ...findUnread(sentence, slots)];
  const understood = {
    ...query,
    group_by: [],
    grain: null,
    order: 'desc' as const,
    limit: slots.limit ?? DEFAULT_ROWS,
  };
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
  if (slots.metric === null && slots.movement && !leans)
    return { ...plain('overview'), query: { ...understood, metric: null, compare: query.compare }, notes };
  const ambiguity = findAmbiguity(sentence, slots, setting, leans);
  if (ambiguity)
    return {
      ...abstain('clarify', 'ambiguous', ambiguity.about, ambiguity.choices),
      understood: { ...query, metric: null },
      notes,
    };
  if (slots.metric === null) return withoutMetric(sentence, slots, query);
  if (slots.leavesOut)
    return abstain('clarify', 'ambiguous', 'leaving out a page', [askFor(slots.metric, sentence, null)]);
  const checked = checkQuery(query);
  if (checked.fault) return refuseFault(checked.fault, sentence, query);
  const confidence = Math.max(0.3, 1 - 0.1 * sentence.corrected.length);
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

const examplesOf = (metric: string | null, { plain }: Sentence): string => {
  if (/\b(?:tickets?|complain\w*|support|customers?|people|feedback|say|quotes?|conversations?)\b/u.test(plain))
    return 'tickets';
  if (/\b(?:errors?|exceptions?|crash\w*|stack|failures?|requests?)\b/u.test(plain)) return 'errors';
  return metric !== null && TEXTUAL.has(metric) ? 'tickets' : 'errors';
};

const TEXTUAL = new Set(['tickets', 'ticket_rate', 'unanswered_tickets', 'first_response_minutes', 'replies']);

const isBare = ({ surface, filters, window }: Slots): boolean =>
  surface === null && window === null && Object.keys(filters).length === 0;

function withoutMetric(sentence: Sentence, slots: Slots, query: MetricQuery): Reading {
  const unknown = findUnknown(sentence, slots);
  const confidence = unknown.isSure ? 1 : AT_A_LOSS;
  if (unknown.reason === 'ambiguous') return { ...ambiguous(sentence, slots, query, unknown.about), confidence };
  return { ...abstain('refuse', unknown.reason, unknown.about, nearestChoices(sentence, unknown.reason)), confidence };
}

/** Nothing here is known to mean what is asked for: whoever reads better may. */
const AT_A_LOSS = 0.3;

function ambiguous(sentence: Sentence, slots: Slots, query: MetricQuery, about: string): Reading {
  const metrics =
    slots.surface === null ? ['active_users', 'error_rate', 'tickets'] : ['error_rate', 'pageviews', 'tickets'];
  const choices = metrics.map((metric) => askFor(metric, sentence, slots.surface));
  return {
    ...abstain('clarify', 'ambiguous', about, choices),
    understood: { ...query, metric: null },
    notes: notesOf(sentence),
  };
}

/** The median and the 95th are measured; a figure of one of them is no answer about another. */
const OTHER_PERCENTILE = /\b(?:p(?!50\b|95\b)\d{2,3}|(?!50|95)\d\d(?:st|nd|rd|th)?(?= percentile))\b/u;

/** A metric or dimension of other tools is refused by its name, whatever else was understood. */
function findUnsupported(sentence: Sentence, own: Slots, phrased: Intent | undefined): Reading | undefined {
  const figures = phrased === undefined || phrased === 'explain' || phrased === 'examples';
  const metric = figures ? findUnsupportedMetric(sentence) : undefined;
  const isOtherPercentile = own.metric?.startsWith('latency_') === true && OTHER_PERCENTILE.test(sentence.plain);
  if (metric && (own.metric === null || isOtherPercentile || metric.words.includes(' ')))
    return abstain(
      'refuse',
      'unsupported_metric',
      metric.about,
      metric.nearest.map((id) => askFor(id, sentence, own.surface)),
    );
  const dimension = findUnsupportedDimension(sentence);
  if (dimension === undefined) return undefined;
  const nearest = ['platform', 'plan'].map((id) => {
    const asked = findMetric(own.metric ?? 'active_users');
    return choice(
      `${asked?.label ?? 'Active users'} by ${id}`,
      `${asked?.label.toLowerCase() ?? 'active users'} by ${id} ${timeWords(sentence)}`.trim(),
    );
  });
  return abstain('refuse', 'unsupported_dimension', dimension, nearest);
}

function refuseFault(fault: QueryFault, sentence: Sentence, query: MetricQuery): Reading {
  switch (fault.kind) {
    case 'unsupported_dimension': {
      const near = fault.metric.dimensions.filter((dimension) => NEAR.includes(dimension)).slice(0, 2);
      const choices = near.map((dimension) =>
        choice(
          `${fault.metric.label} by ${dimension}`,
          `${fault.metric.label.toLowerCase()} by ${dimension} ${timeWords(sentence)}`.trim(),
        ),
      );
      return abstain(
        'refuse',
        'unsupported_dimension',
        `${fault.metric.label} by ${fault.dimension.replaceAll('_', ' ')}`,
        choices,
      );
    }
    case 'unsupported_grain': {
      const grain = fault.metric.grains.at(0) ?? 'day';
      const checked = checkQuery({ ...query, grain });
      if (checked.query)
        return {
          ...plain('metric'),
          query: checked.query,
          notes: [`by ${grain}: ${fault.metric.label} has no finer grain`],
        };
      return abstain('clarify', 'ambiguous', `${fault.metric.label} by ${fault.grain}`, []);
    }
    default:
      return abstain('clarify', 'ambiguous', 'the dates', []);
  }
}

const NEAR = ['plan', 'platform', 'surface', 'release'];

/** Dates that do not exist or run backwards are asked about, with what was probably meant. */
function timeFault(sentence: Sentence): Reading | undefined {
  const { fault } = sentence.time;
  if (fault === null || fault.kind === 'future') return undefined;
  const choices = fault.suggestion
    ? [
        choice(
          `${fault.suggestion.start} to ${fault.suggestion.end}`,
          sentence.text.replace(fault.text, `${fault.suggestion.start} to ${fault.suggestion.end}`),
        ),
      ]
    : [];
  return abstain(
    'clarify',
    'ambiguous',
    fault.kind === 'reversed' ? `"${fault.text}", which ends before it starts` : `"${fault.text}", which is no date`,
    choices,
  );
}

function nearestChoices(sentence: Sentence, reason: Reason): Choice[] {
  if (reason === 'private_data')
    return [
      choice('Churned accounts by plan', `churned accounts by plan ${timeWords(sentence)}`.trim()),
      choice('Active users by plan', `active users by plan ${timeWords(sentence)}`.trim()),
    ];
  if (reason === 'out_of_scope' || reason === 'write_request')
    return [choice('What should we fix?', 'what should we fix'), choice('How are we doing?', 'how are we doing')];
  return [choice('What can you do?', 'help')];
}

function plain(intent: Intent): Reading {
  return { intent, query: null, reason: null, confidence: 1, choices: [], about: null, notes: [] };
}

function abstain(intent: 'refuse' | 'clarify', reason: Reason, about: string, choices: readonly Choice[]): Reading {
  return { ...plain(intent), reason, about, choices: choices.slice(0, 3) };
}

const notesOf = ({ corrected }: Sentence): string[] => corrected.map(({ from, to }) => `"${from}" read as "${to}"`);
