/**
 * Keeps single people out of figures about groups (small-cell suppression, as statistics offices do it).
 *
 * A row that counts fewer than five people is left out. Where that is one row only, the next smallest goes with it, so
 * that the whole minus the rest does not tell it. In answers about single accounts, people are counted in fives, so
 * that two such answers (with and without a condition) cannot be subtracted. Counts of accounts, of events and figures
 * over everybody are as they are.
 */
import type { Metric } from '../catalogue/define.ts';
import { countsPeople } from '../query/answer/figure-words.ts';
import type { MetricQuery } from '../query/metric-query.ts';
import type { Figure, MetricResult, ResultRow } from '../query/metric-result.ts';
import { isAboutAccounts } from './account-answers.ts';

const FEWEST_PEOPLE = 5;
const STEP = 5;

export interface Protected {
  result: MetricResult;
  /** Rows that were left out. */
  withheld: number;
  /** People were rounded to fives. */
  rounded: boolean;
}

export function protectSmallGroups(query: MetricQuery, metric: Metric, result: MetricResult): Protected {
  if (!countsPeople(metric)) return { result, withheld: 0, rounded: false };
  const rounded = isAboutAccounts(query, metric);
  const kept = query.group_by.length > 0 ? withoutSmall(result) : result;
  return {
    result: rounded ? roundedToFives(kept) : kept,
    withheld: result.rows.length - kept.rows.length,
    rounded,
  };
}

function withoutSmall(result: MetricResult): MetricResult {
  const shown = result.rows.filter((row) => !isSmall(row));
  const hidden = result.rows.length - shown.length;
  // With groups beyond the limit the rest is unknown anyhow.
  const tellable = hidden === 1 && result.groups <= result.rows.length;
  const smallest = shown.reduce<ResultRow | undefined>(
    (least, row) => (least === undefined || peopleOf(row.figure) < peopleOf(least.figure) ? row : least),
    undefined,
  );
  return { ...result, rows: tellable ? shown.filter((row) => row !== smallest) : shown };
}

/** Too few people now or in the compared period; nobody at all gives nobody away. */
const isSmall = ({ figure, compared }: ResultRow): boolean =>
  [figure, compared].some((one) => one !== null && peopleOf(one) > 0 && peopleOf(one) < FEWEST_PEOPLE);

/** A ratio's people are those it is taken over. */
const peopleOf = ({ value, denominator }: Figure): number => denominator ?? value ?? 0;

function roundedToFives(result: MetricResult): MetricResult {
  const { figure, compared } = result.total;
  return {
    ...result,
    rows: result.rows.map((row) => ({
      ...row,
      figure: inFives(row.figure),
      compared: row.compared && inFives(row.compared),
    })),
    total: { figure: inFives(figure), compared: compared && inFives(compared) },
  };
}

function inFives({ value, numerator, denominator, sample }: Figure): Figure {
  const fives = (count: number): number => Math.round(count / STEP) * STEP;
  if (numerator === null || denominator === null)
    return { value: value === null ? null : fives(value), numerator, denominator, sample: fives(sample) };
  const [part, whole] = [fives(numerator), fives(denominator)];
  return { value: whole > 0 ? part / whole : null, numerator: part, denominator: whole, sample: fives(sample) };
}
