/** What a reply in a thread takes over from what was asked before. */
import { findMetric } from '../../catalogue/index.ts';
import { DEFAULT_ROWS, type MetricQuery } from '../metric-query.ts';
import type { ThreadContext } from '../reading.ts';
import { periodBefore } from '../time/period-before.ts';
import { OFFERED } from './chosen.ts';
import { CLEARING, clearedBy, dropsComparison, TOTAL, takenBack } from './cleared.ts';
import type { Sentence } from './sentence.ts';
import { MOST_CUTS, type Slots } from './slots.ts';
import { metricInThread } from './thread-metric.ts';

/** The thread's query with what the question says in its place. */
export function merge(thread: ThreadContext, slots: Slots, sentence: Sentence): Slots {
  const { query } = thread;
  const metric = metricInThread(query, slots.metric, sentence);
  const allowed = findMetric(metric ?? '')?.dimensions;
  const fits = (dimension: string): boolean =>
    allowed === undefined || allowed.includes(dimension) || dimension === 'cohort_day';
  const cleared = clearedBy(sentence, query);
  const back = takenBack(sentence);
  const kept = Object.fromEntries(
    Object.entries(query.filters).filter(
      ([dimension]) => fits(dimension) && !cleared(dimension) && !(dimension === 'surface' && slots.surface !== null),
    ),
  );
  const pointed = pointedAt(sentence, thread);
  const against = setAgainst(query, slots, sentence);
  const totalled = TOTAL.test(sentence.plain);
  const all = query.group_by.length > 0 && query.limit < DEFAULT_ROWS && ALL_ROWS.test(sentence.plain);
  const added = CLEARING.test(sentence.plain) ? {} : joinedBy(query, slots, sentence);
  const filters = { ...kept, ...pointed.filters, ...added, ...against?.filters };
  const surface =
    filters.surface === undefined
      ? (slots.surface ?? pointed.surface ?? (cleared('surface') || !fits('surface') ? null : query.surface))
      : null;
  const sameGroups = slots.groupBy.length === 0;
  const groups = against
    ? [against.dimension]
    : sameGroups
      ? inheritedGroups(query, slots, sentence).filter((one) => fits(one) && !back.includes(one))
      : withKept(query, slots, sentence).slice(0, MOST_CUTS);
  const window = slots.window ?? query.window;
  const keepsCompare = slots.window === null || slots.compare !== null;
  const movement = slots.movement || ASKS_IF_NORMAL.test(sentence.plain);
  return {
    metric,
    surface,
    filters,
    window,
    compare: dropsComparison(sentence)
      ? null
      : (slots.compare ?? (movement ? periodBefore(window) : keepsCompare ? query.compare : null)),
    movement: false,
    groupBy:
      (totalled || (cleared('group') && !all)) && sameGroups
        ? []
        : without(groups, pointed.dimension, surface, slots, query),
    grain: slots.grain ?? (totalled ? null : grainOf(query, metric)),
    order: slots.order ?? (sameGroups ? orderOf(query, sentence) : null),
    limit: slots.limit ?? (sameGroups && query.limit !== DEFAULT_ROWS && !all ? query.limit : null),
    tooManyCuts: [...slots.tooManyCuts, ...withKept(query, slots, sentence).slice(MOST_CUTS)],
  };
}

/** "Show all of them" after the first few. */
const ALL_ROWS = /\ball of (?:them|those|these)\b|\b(?:show|list|give|see)(?: me)? (?:them |the )?(?:all|rest)\b/u;

const ASKS_IF_NORMAL =
  /\b(?:is|was|are|were) (?:that|this|it|these|those|they) (?:\w+ )?(?:normal|usual|typical|high|low|a lot|much|many|bad|good|expected|okay|ok|unusual|worrying|significant)\b/u;

/** "How many accounts are affected" wants one figure, whatever the last answer was cut by. */
const inheritedGroups = (query: MetricQuery, slots: Slots, { plain }: Sentence): string[] =>
  slots.metric !== null && /^(?:and |ok |so )*how (?:many|much|often|long)\b/u.test(plain) ? [] : query.group_by;

const REVERSED = /\b(?:revers\w+|flip(?:ped)?|other way a?round|opposite order|invert(?:ed)?)\b/u;

/** "Ascending", "the other way round". */
function orderOf(query: MetricQuery, { plain }: Sentence): MetricQuery['order'] {
  if (/\basc(?:ending)?\b/u.test(plain)) return 'asc';
  if (/\bdesc(?:ending)?\b/u.test(plain)) return 'desc';
  if (!REVERSED.test(plain)) return query.order;
  return query.order === 'asc' ? 'desc' : 'asc';
}

/** "By platform as well" is cut by what was there before, too. */
function withKept(query: MetricQuery, { groupBy }: Slots, { plain }: Sentence): string[] {
  const adds = groupBy.length > 0 && ADDING.test(plain);
  return adds ? [...new Set([...query.group_by, ...groupBy])] : groupBy;
}

const VERSUS =
  /^(?:and |now |ok |please |so )*(?:vs|versus|against|compared?(?: (?:it|that|this|them))?(?: (?:to|with|against))?|how (?:does|do|did) (?:(?:that|it|this|they) compare (?:to|with)|(?:\w+ ){1,3}compare$))\b/u;

/** "vs cart" after an answer about checkout sets the two against each other. */
function setAgainst(
  query: MetricQuery,
  slots: Slots,
  { whole }: Sentence,
): { dimension: string; filters: MetricQuery['filters'] } | undefined {
  if (!VERSUS.test(whole)) return undefined;
  if (slots.surface !== null && query.surface !== null && slots.surface !== query.surface)
    return { dimension: 'surface', filters: { surface: [query.surface, slots.surface] } };
  for (const [dimension, value] of Object.entries(slots.filters)) {
    const before = query.filters[dimension];
    if (typeof value === 'string' && typeof before === 'string' && value !== before)
      return { dimension, filters: { [dimension]: [before, value] } };
  }
  return undefined;
}

const ADDING = /\b(?:too|also|as well|add|plus|include|including)\b/u;
const JOINING = new RegExp(`${ADDING.source}|^(?:and|plus|also)\\b`, 'u');

/** "Free too" adds to the plans there are; "and search" to the pages that are set against each other. */
function joinedBy(query: MetricQuery, slots: Slots, { plain }: Sentence): MetricQuery['filters'] {
  const joins = JOINING.test(plain);
  const places = query.filters.surface;
  if (joins && Array.isArray(places) && slots.surface !== null)
    return { ...slots.filters, surface: [...places, slots.surface] };
  if (!ADDING.test(plain)) return slots.filters;
  const joined = Object.entries(slots.filters).map(([dimension, value]) => {
    const before = query.filters[dimension];
    if (typeof value !== 'string' || before === undefined || typeof before === 'number')
      return [dimension, value] as const;
    return [dimension, [...new Set([before, value].flat())]] as const;
  });
  return Object.fromEntries(joined);
}

function grainOf(query: MetricQuery, metric: string | null): MetricQuery['grain'] {
  const grains = findMetric(metric ?? '')?.grains;
  return query.grain !== null && grains?.includes(query.grain) ? query.grain : null;
}

/** A page of its own is no longer cut by pages; one of the listed values is no longer cut by its dimension. */
function without(
  groups: readonly string[],
  pointed: string | null,
  surface: string | null,
  slots: Slots,
  query: MetricQuery,
): string[] {
  const single = surface !== null && surface !== query.surface && !surface.includes('*') && slots.surface !== null;
  return groups.filter(
    (dimension) => dimension !== pointed && !(single && dimension === 'surface' && slots.groupBy.length === 0),
  );
}

const ORDINALS: Readonly<Record<string, number>> = { first: 1, second: 2, third: 3, fourth: 4, fifth: 5 };

/** "#2", "the second one", "that page": what the last answer listed there. */
function pointedAt(
  { text, plain }: Sentence,
  { listed }: ThreadContext,
): { surface: string | null; filters: MetricQuery['filters']; dimension: string | null } {
  const rank = /#(\d{1,2})\b/.exec(text)?.[1] ?? /\bnumber (\d{1,2})\b/.exec(plain)?.[1];
  const word = /\b(first|second|third|fourth|fifth) (?:one|page|release|account|item|result|plan|error)\b/.exec(
    plain,
  )?.[1];
  const that =
    /\b(?:that|this|the top|the worst|the best) (?:page|release|plan|endpoint|platform|account|signature|error|one|topic|tool)\b/.test(
      plain,
    ) && listed.length > 0
      ? 1
      : undefined;
  const place = rank === undefined ? (ORDINALS[word ?? ''] ?? that) : Number(rank);
  const entry = place === undefined ? undefined : listed[place - 1];
  if (!entry || entry.dimension === OFFERED) return { surface: null, filters: {}, dimension: null };
  if (entry.dimension === 'surface') return { surface: entry.value, filters: {}, dimension: 'surface' };
  return { surface: null, filters: { [entry.dimension]: entry.value }, dimension: entry.dimension };
}
