/** Cuts and limits by what no event names: a zero there would be a claim nobody can make. */
import type { Metric } from '../../catalogue/define.ts';
import { findDimension, getMeasure, kindOf } from '../../catalogue/index.ts';
import { formatCount } from '../../facts/render.ts';
import { type CheckedQuery, MOST_ROWS } from '../metric-query.ts';
import type { MetricResult } from '../metric-result.ts';
import { type MetricAsked, todayOf } from './asked.ts';
import { definitionOf } from './context-line.ts';
import { counted, dimensionNoun, labelOf, nameFor, sampleName } from './figure-words.ts';
import type { MetricAnswer } from './metric-answer.ts';
import { choice } from './other-window.ts';
import { periodPhrase } from './period-words.ts';
import { scopeWords } from './scope-words.ts';
import { bodyOf, noteSentence, plain, strong } from './spans.ts';

/** A dimension in doubt, and the question that settles it: what is counted, by that dimension alone. */
export interface Doubt {
  dimension: string;
  metric: Metric;
  query: CheckedQuery;
}

/** Pages have an answer of their own; these two are no values of events. */
const NEVER = new Set(['surface', 'funnel', 'cohort_day']);

/** Of an answer that is nothing but zero: the dimensions it is limited or cut by, each of which may be the reason. */
export function doubtsOf({ query, metric, result }: Pick<MetricAsked, 'query' | 'metric' | 'result'>): Doubt[] {
  const limits = isNothing(result) ? Object.keys(query.filters) : [];
  const cuts = result.rows.length > 0 && result.rows.every((row) => isZero(row.figure)) ? query.group_by : [];
  const alone =
    result.rows.length > 0 ? query.group_by.filter((id) => result.rows.every(({ key }) => key[id] === null)) : [];
  return [...new Set([...limits, ...cuts, ...alone])].flatMap((dimension) => {
    if (NEVER.has(dimension)) return [];
    const { [dimension]: _, ...filters } = query.filters;
    const asked = { ...query, filters, compare: null, group_by: [dimension], grain: null };
    return [{ dimension, metric, query: { ...asked, order: 'desc' as const, limit: MOST_ROWS } }];
  });
}

const isZero = ({ value, numerator }: MetricResult['total']['figure']): boolean => (numerator ?? value ?? 0) === 0;

const isNothing = ({ total }: MetricResult): boolean => isZero(total.figure);

/** Whether there is something to count, and none of it names the dimension, or as what it is divided by names it. */
export function namesNone({ dimension, metric }: Doubt, { rows, groups, total }: MetricResult): boolean {
  if (!isRatioOfCounts(metric))
    return groups === 1 && rows.length === 1 && rows[0]?.key[dimension] === null && rows[0].figure.sample > 0;
  const placed = rows.filter(({ key, figure }) => key[dimension] !== null && figure.value !== null);
  return (total.figure.numerator ?? 0) > 0 && groups === rows.length && placed.every(({ figure }) => isZero(figure));
}

const isRatioOfCounts = ({ of }: Metric): boolean =>
  'numerator' in of && getMeasure(of.numerator).aggregation.kind === 'count';

/** "None of the 141 errors last week names a plan, so errors by plan cannot be told." */
export function unnamed(asked: MetricAsked, doubt: Doubt, found: MetricResult): MetricAnswer {
  const { query, setting, metric } = asked;
  const { dimension } = doubt;
  const { phrase } = periodPhrase(query.window, todayOf(setting));
  const { many, what, than } = countedBy(doubt, found);
  const which = many === 1 ? 'The one' : `None of the ${formatCount(many)}`;
  const noun = dimensionNoun(findDimension(dimension)?.label ?? dimension, dimension, 1);
  const { [dimension]: value, ...filters } = query.filters;
  const whole = { ...query, filters, group_by: query.group_by.filter((id) => id !== dimension) };
  const place = scopeWords({ surface: query.surface, filters });
  const sought = value === undefined ? ` by ${noun}` : scopeWords({ surface: null, filters: { [dimension]: value } });
  const body = bodyOf(
    [
      strong(`${which} ${what}${place} ${phrase} names ${many === 1 ? 'no' : article(noun)} ${noun}${than}`),
      plain(`, so ${labelOf(metric)}${sought} cannot be told.`),
    ],
    {
      sentences: asked.notes.map((note) => [plain(noteSentence(note))]),
      context: [definitionOf(metric)],
      followUps: [choice(`${metric.label}, all together`.slice(0, 75), whole)],
    },
  );
  return { body, reason: 'no_data', listed: [] };
}

const article = (noun: string): string => (/^[aeiou]/.test(noun) && !/^us/.test(noun) ? 'an' : 'a');

/** How many of what name nothing, and where they do name something, that what they are divided by never names it. */
function countedBy(
  { dimension, metric }: Doubt,
  { rows, total: { figure } }: MetricResult,
): { many: number; what: string; than: string } {
  const { of } = metric;
  if ('numerator' in of && isRatioOfCounts(metric)) {
    const [many, whole] = [figure.numerator ?? 0, labelOf(getMeasure(of.denominator))];
    const named = rows.some(({ key, figure: { numerator } }) => key[dimension] !== null && (numerator ?? 0) > 0);
    const what = counted(labelOf(getMeasure(of.numerator)), many);
    return { many, what, than: named ? ` that any of the ${whole} name` : '' };
  }
  const isCount = ['count', 'distinct'].includes(kindOf(metric));
  const many = isCount ? (figure.value ?? 0) : figure.sample;
  return { many, what: isCount ? nameFor(many, metric) : sampleName(metric, many), than: '' };
}
