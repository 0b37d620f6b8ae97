/** What a question says by itself: metric, place, limits, time, cut. */
import { findMetric } from '../../catalogue/index.ts';
import type { MetricQuery } from '../metric-query.ts';
import type { QuestionSetting } from '../reading.ts';
import { readGrouping } from './grouping.ts';
import type { Mention } from './lexicon.ts';
import { readMetric } from './metric-choice.ts';
import { asksForMovement, readGrain } from './movement.ts';
import type { Sentence } from './sentence.ts';
import { readSurfaces } from './surfaces.ts';
import { leaningOf, namesNoMetric } from './thread-words.ts';
import { findUnknownAccount, findUnknownPage } from './unknown-names.ts';
import { readValues } from './values.ts';
import { wordList } from './word-list.ts';

/** What one question says by itself; null or empty where it says nothing. */
export interface Slots {
  metric: string | null;
  surface: string | null;
  filters: MetricQuery['filters'];
  window: MetricQuery['window'] | null;
  compare: MetricQuery['window'] | null;
  /** Compared with the period before, whichever the window is. */
  movement: boolean;
  groupBy: string[];
  grain: MetricQuery['grain'];
  /** Read once the metric is settled: what is worst depends on it. */
  order: MetricQuery['order'] | null;
  limit: number | null;
  /** Dimensions to cut by beyond what a query holds. */
  tooManyCuts: readonly string[];
}

/** Words that set two things against each other, so that each gets its own figure. */
const AGAINST = /\b(?:vs|versus|compared?|comparing|comparison|against|(?<!other )than|between|or|difference)\b/u;
const COMBINED = /\b(?:combined|together|in total|altogether|summed|sum of)\b/u;

/** A query is cut by two dimensions at most. */
export const MOST_CUTS = 2;

export function readSlots(sentence: Sentence, setting: QuestionSetting): Slots {
  const { plain, time } = sentence;
  const read = namesNoMetric(sentence, setting) ? undefined : readMetric(sentence);
  const claimed: Mention[] = read?.mention ? [read.mention] : [];
  const free = { ...sentence, mentions: sentence.mentions.filter((mention) => !claimed.includes(mention)) };
  const named = read?.id ?? null;
  const values = readValues(free, {
    vocabulary: setting.vocabulary,
    topical: isTopical(plain, named),
    leaning: setting.thread && leaningOf(setting.thread),
    metric: named,
  });
  const product = named !== null && OF_ASSISTANT.has(named) ? assistantIn(sentence) : basketsIn(sentence, named);
  const surfaces = readSurfaces(sentence, [...claimed, ...values.mentions, ...product]);
  const funnel = funnelOf(sentence, named, setting);
  const places =
    surfaces.surfaces.length > 0 ? surfaces.surfaces : [findUnknownPage(sentence)].filter((one) => one !== undefined);
  const [surface, second] = funnel === undefined ? places : [];
  const cuts = readGrouping(sentence, [...claimed, ...values.mentions, ...surfaces.mentions], named);
  const groups = cuts.slice(0, MOST_CUTS);
  const metric = onPage(
    fitting(named, [...groups, ...values.filters.keys()], funnel),
    sentence,
    surface ?? null,
    groups.length > 0,
  );
  const filters: MetricQuery['filters'] = {};
  for (const [dimension, limits] of values.filters)
    if (
      !(
        dimension === 'status' &&
        (metric === 'request_failures' || metric === 'failure_rate') &&
        limits.includes('5xx')
      )
    )
      filters[dimension] = filterOf(dimension, limits);
  if (funnel !== undefined) filters.funnel = funnel;
  const stranger = filters.account === undefined ? findUnknownAccount(sentence) : undefined;
  if (stranger !== undefined) filters.account = stranger;
  if (second !== undefined) filters.surface = [...surfaces.surfaces];
  const against = AGAINST.test(plain) && !COMBINED.test(plain);
  const groupBy = against ? withCompared(groups, filters) : groups;
  const isOnePage = surface !== undefined && second === undefined && !surface.includes('*');
  const grain = readGrain(sentence);
  return {
    metric,
    surface:
      second === undefined && !(metric === 'checkout_success_rate' && surface === '/checkout')
        ? (surface ?? null)
        : null,
    filters,
    window: time.window,
    compare: time.compare,
    movement: asksForMovement(sentence, values.mentions),
    groupBy: groupBy.filter((dimension) => dimension !== 'surface' || !isOnePage),
    grain: grain === 'series' ? (time.grain ?? seriesGrain(metric)) : (grain ?? time.grain),
    order: null,
    limit: null,
    tooManyCuts: cuts.slice(MOST_CUTS),
  };
}

/** Measured of the assistant, wherever it is used. */
const OF_ASSISTANT = wordList(
  'conversations messages completion_rate credits_used credit_exhausted_users credit_exhaustion_rate tool_failure_rate',
);

/** "Messages to the assistant" are all messages; "on the assistant page" is a place. */
const assistantIn = ({ tokens, mentions }: Sentence): Mention[] =>
  mentions.filter(
    ({ first, end }) => tokens[first]?.word === 'assistant' && !/^(?:page|screen|view)$/.test(tokens[end]?.word ?? ''),
  );

/** The "average basket" is no page. */
const basketsIn = ({ tokens, mentions }: Sentence, metric: string | null): Mention[] =>
  metric !== 'aov' ? [] : mentions.filter(({ first }) => /^(?:average|avg|mean)$/.test(tokens[first - 1]?.word ?? ''));

/** A tool's failures have a rate of their own, and a funnel its conversion. */
function fitting(metric: string | null, dimensions: readonly string[], funnel: string | undefined): string | null {
  if (funnel !== undefined && (metric === null || CONVERSIONS.has(metric))) return 'funnel_conversion';
  return metric !== null && dimensions.includes('tool') ? (TOOLS[metric] ?? metric) : metric;
}

/** The metric that a dimension implies where none was named; null where none does. */
export const impliedBy = ({ groupBy, filters }: Slots): string | null =>
  [...groupBy, ...Object.keys(filters)].flatMap((dimension) => IMPLIED[dimension] ?? [])[0] ?? null;

/** What is counted where only a dimension is named: "most common ticket topics". */
const IMPLIED: Readonly<Record<string, string>> = {
  error_signature: 'errors',
  ticket_topic: 'tickets',
  category: 'tickets',
  stage: 'dropoffs',
  status: 'requests',
  cohort_day: 'retention_rate',
};

/** On a page, signing up is that page's action; and "conversion" is how many of its views act. */
function onPage(metric: string | null, { plain }: Sentence, surface: string | null, isCut: boolean): string | null {
  if (surface === null && !isCut) return metric;
  if (metric === 'new_users') return surface === null ? metric : 'actions';
  return metric === 'actions' && /\bconversion\b/u.test(plain) ? 'conversion_rate' : metric;
}

const TOOLS: Readonly<Record<string, string>> = {
  failure_rate: 'tool_failure_rate',
  request_failures: 'tool_failure_rate',
  error_rate: 'tool_failure_rate',
  errors: 'tool_failure_rate',
};

const CONVERSIONS = new Set(['actions', 'conversion_rate', 'funnel_conversion']);

const isTopical = (plain: string, metric: string | null): boolean =>
  /\b(?:tickets?|complain\w*|support|write|wrote|say|saying|moan\w*|themes?|topics?|contact\w*|report\w*|feedback|about)\b/u.test(
    plain,
  ) &&
  (metric === null ||
    [
      'tickets',
      'ticket_rate',
      'unanswered_tickets',
      'first_response_minutes',
      'replies',
      'affected_accounts',
      'affected_users',
      'errors',
    ].includes(metric));

function filterOf(dimension: string, named: readonly string[]): string | string[] | number {
  const [only, second] = named;
  if (dimension === 'cohort_day') return Number(only);
  return only !== undefined && second === undefined ? only : [...named];
}

/** A funnel that is named as one: "checkout funnel", or its flow where conversion is asked for. */
function funnelOf({ plain }: Sentence, metric: string | null, { vocabulary }: QuestionSetting): string | undefined {
  const flow = metric !== null && CONVERSIONS.has(metric) ? '(?:funnel|flow|journey)' : 'funnel';
  return (vocabulary.values.funnel ?? []).find((id) => {
    const name = id.replaceAll('_', '[ _-]?').replace(/^sign\[? ?_?-?\]?\??up$/, 'sign ?up');
    return (
      new RegExp(
        `\\b${name} ${flow}\\b|\\b${flow} (?:of |for |from |called |named )?(?:the )?${name}\\b|\\b${name} (?:\\w+ )?funnel\\b`,
        'u',
      ).test(plain) ||
      (metric === 'funnel_conversion' && new RegExp(`\\b${name}\\b`, 'u').test(plain))
    );
  });
}

function withCompared(groups: readonly string[], filters: MetricQuery['filters']): string[] {
  const compared = Object.entries(filters).flatMap(([dimension, value]) =>
    Array.isArray(value) && !groups.includes(dimension) ? [dimension] : [],
  );
  return [...groups, ...compared].slice(0, MOST_CUTS);
}

/** A series is daily where the metric allows it. */
const seriesGrain = (metric: string | null): 'day' | 'week' =>
  findMetric(metric ?? '')?.grains.includes('day') === false ? 'week' : 'day';
