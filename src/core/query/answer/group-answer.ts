/** A metric cut by dimensions: who leads, and the table. */
import { getMeasure, kindOf, sampleLabel } from '../../catalogue/index.ts';
import { formatCount, formatPercent, joinWords } from '../../facts/render.ts';
import type { AnswerTable, Span } from '../answer-body.ts';
import type { ResultRow } from '../metric-result.ts';
import type { MetricAsked } from './asked.ts';
import { counted, formatNamed, formatValue, isAdditive, labelOf } from './figure-words.ts';
import { leaderNames, leadersOf } from './group-leader.ts';
import { groupName, groupNoun } from './group-words.ts';
import { figureCell } from './metric-series.ts';
import { withPeriod } from './scalar-headline.ts';
import { scopeWords } from './scope-words.ts';
import { left, right } from './table.ts';

/** So few that the headline can hold them all. */
const FEW = 3;

/** "/checkout has the most errors: 214 of 1,204 last week (Mon 19–Sun 25 Jan)." */
export function groupHeadline(asked: MetricAsked): Span[] {
  const { query, metric, result, setting } = asked;
  const { rows } = result;
  const leaders = leadersOf(rows, query.group_by);
  const [first] = leaders;
  const scope = scopeWords(withoutListed(asked));
  if (first === undefined) return withPeriod(asked, (phrase) => `No ${labelOf(metric)}${scope} ${phrase}`);
  const show = ({ figure }: ResultRow): string => figureCell(figure, metric, setting.currency);
  const nameOf = ({ key }: ResultRow): string => groupName(key, query.group_by);
  if (isListed(asked) && rows.length <= FEW) {
    const figures = [...rows.map((row) => `${nameOf(row)} ${show(row)}`), ...absentNames(asked)];
    return withPeriod(asked, (phrase) => `${capital(labelOf(metric))}${scope} ${phrase}: ${figures.join(', ')}`);
  }
  if (first.figure.value === 0 && query.order === 'desc')
    return withPeriod(
      asked,
      (phrase) =>
        `${formatNamed(0, metric, setting.currency)}${scope} ${phrase} for every ${groupNoun(query.group_by, 1)}`,
    );
  if (tooSmall(first, asked))
    return withPeriod(
      asked,
      (phrase) =>
        `No ${groupNoun(query.group_by, 1)} has the ${sampleFloor(asked)} it takes to rank ${labelOf(metric)}${scope} ${phrase}`,
    );
  const total = result.total.figure.value;
  const ofAll =
    isAdditive(metric) && total !== null && total > 0 ? ` of ${formatValue(total, metric, setting.currency)}` : '';
  const [has, each] = leaders.length === 1 ? ['has', ''] : ['have', ' each'];
  return withPeriod(
    asked,
    (phrase) =>
      `${leaderNames(leaders, query.group_by)} ${has} the ${superlative(asked)} ${labelOf(metric)}: ${show(first)}${each}${ofAll}${scope} ${phrase}`,
  );
}

/** All groups together, and how much of them is shown. */
export function groupSentences(asked: MetricAsked): Span[][] {
  const { query, metric, result, setting } = asked;
  const { value } = result.total.figure;
  const { currency } = setting;
  const sentences: string[] = [];
  if (!isAdditive(metric) && value !== null && query.compare === null && !isListed(asked))
    sentences.push(`All together: ${formatNamed(value, metric, currency)}.`);
  const shown = result.rows.reduce((sum, { figure }) => sum + (figure.value ?? 0), 0);
  if (isAdditive(metric) && value !== null && value > 0 && result.groups > result.rows.length && result.rows.length > 1)
    sentences.push(
      `The ${result.rows.length} shown hold ${formatPercent(Math.min(1, shown / value))} of all ${formatValue(value, metric, currency)}.`,
    );
  const nameless = result.rows.findIndex(({ key }) => query.group_by.some((dimension) => key[dimension] === null));
  const unnamed = result.rows[nameless]?.figure.value ?? 0;
  if (nameless === 0 && result.rows.length > 1 && isAdditive(metric) && value !== null && unnamed > 0)
    sentences.push(
      `${formatValue(unnamed, metric, currency)} of ${formatNamed(value, metric, currency)} ${unnamed === 1 ? 'names' : 'name'} no ${groupNoun(query.group_by, 1)}.`,
    );
  const small = result.rows.filter((row) => tooSmall(row, asked)).length;
  if (small > 0)
    sentences.push(
      `${formatCount(small)} ${groupNoun(query.group_by, small)} with fewer than ${sampleFloor(asked)} ${small === 1 ? 'is' : 'are'} too small to judge.`,
    );
  return [...sentences, ...undividedSentences(asked)].map((text) => [{ text }]);
}

/** "api@2.3.1 (14 errors) has no pageviews to divide by: it is left out here, and counted in the whole." */
function undividedSentences({ query, metric: { of }, undivided }: MetricAsked): string[] {
  if (undivided.length === 0 || !('numerator' in of)) return [];
  const [part, whole] = [labelOf(getMeasure(of.numerator)), labelOf(getMeasure(of.denominator))];
  const named = undivided
    .slice(0, FEW)
    .map(({ key, counted: many }) => `${groupName(key, query.group_by)} (${formatCount(many)} ${counted(part, many)})`);
  const rest = undivided.length - named.length;
  const all = joinWords(rest === 0 ? named : [...named, `${rest} more`]);
  return [
    undivided.length === 1
      ? `${all} has no ${whole} to divide by: it is left out here, and counted in the whole.`
      : `${all} have no ${whole} to divide by: they are left out here, and counted in the whole.`,
  ];
}

/** The rows with their share of the whole; beside the compared period where one was asked for. */
export function groupTable(asked: MetricAsked): AnswerTable | null {
  const { query, metric, result, setting } = asked;
  if (result.rows.length === 0 || query.grain !== null) return null;
  const compared = query.compare !== null;
  const total = result.total.figure.value ?? 0;
  const shares = isAdditive(metric) && total > 0;
  const sample = metric.minimum_sample.at_least > 1 ? labelOf({ label: sampleLabel(metric) }) : null;
  const cell = (figure: ResultRow['compared']): string => figureCell(figure, metric, setting.currency);
  return {
    columns: [
      left(capital(groupNoun(query.group_by, 1))),
      right(metric.label),
      ...(compared ? [right('Before')] : []),
      ...(shares ? [right('Share')] : []),
      ...(sample === null ? [] : [right(capital(sample))]),
    ],
    rows: result.rows.map((row) => [
      groupName(row.key, query.group_by),
      tooSmall(row, asked) ? `${cell(row.figure)} (too few)` : cell(row.figure),
      ...(compared ? [cell(row.compared)] : []),
      ...(shares ? [row.figure.value === null ? '–' : formatPercent(row.figure.value / total)] : []),
      ...(sample === null ? [] : [formatCount(row.figure.sample)]),
    ]),
    cut:
      result.groups > result.rows.length
        ? `Showing ${result.rows.length} of ${formatCount(result.groups)} ${groupNoun(query.group_by, result.groups)}`
        : null,
  };
}

/** The groups that were asked for by name, set against each other. */
const isListed = ({ query }: MetricAsked): boolean =>
  query.group_by.some((dimension) => Array.isArray(query.filters[dimension]));

/** Of what was asked for by name, what nothing was counted of: "web@1.41.3 none". */
function absentNames({ query, metric, result }: MetricAsked): string[] {
  const [dimension] = query.group_by;
  const asked = dimension === undefined ? undefined : query.filters[dimension];
  if (dimension === undefined || !Array.isArray(asked) || query.group_by.length > 1 || !isAdditive(metric)) return [];
  const found = new Set(result.rows.map(({ key }) => key[dimension]));
  return asked.filter((value) => !found.has(value)).map((value) => `${value} none`);
}

/** "50 tool calls". */
const sampleFloor = ({ metric }: MetricAsked): string =>
  `${metric.minimum_sample.at_least} ${labelOf({ label: sampleLabel(metric) })}`;

/** The scope without what the rows name anyhow. */
function withoutListed({ query }: MetricAsked): Pick<MetricAsked['query'], 'surface' | 'filters'> {
  const filters = Object.fromEntries(Object.entries(query.filters).filter(([key]) => !query.group_by.includes(key)));
  return { surface: query.surface, filters };
}

function superlative({ query, metric }: MetricAsked): string {
  const counted = ['count', 'sum', 'distinct'].includes(kindOf(metric));
  if (query.order === 'desc') return counted ? 'most' : 'highest';
  return counted ? (metric.unit === 'count' ? 'fewest' : 'least') : 'lowest';
}

const tooSmall = (row: ResultRow, { metric }: MetricAsked): boolean =>
  row.figure.value !== null && metric.minimum_sample.at_least > 1 && row.figure.sample < metric.minimum_sample.at_least;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Names of the rows for the conversation, best first: what "#2" means. */
export function listedValues({ query, result }: MetricAsked): { dimension: string; value: string }[] {
  const [dimension] = query.group_by;
  if (dimension === undefined || query.grain !== null) return [];
  return result.rows.flatMap(({ key }) => {
    const value = key[dimension];
    return value == null ? [] : [{ dimension, value }];
  });
}
