/** Every figure and name a metric's answer may show, under stable ids. */
import { findDimension } from '../../catalogue/index.ts';
import { countFact, dateFact, name } from '../../facts/fact.ts';
import { formatPercent } from '../../facts/render.ts';
import type { Fact } from '../../records.ts';
import type { Figure } from '../metric-result.ts';
import { type MetricAsked, todayOf } from './asked.ts';
import { formatP } from './comparison.ts';
import { contractUnit, contractValue, formatChange, formatValue, isAdditive } from './figure-words.ts';
import { headlineFigures } from './headline-figures.ts';
import { bucketLabel } from './metric-series.ts';
import { formatWindow } from './period-words.ts';

/** `value`, `compare.value`, `change`, `p_value`, `numerator`, `denominator`, `sample`, `row.1.name`, `row.1.value`… */
export function metricFacts(asked: MetricAsked): Fact[] {
  const { query, metric, result, variation, setting } = asked;
  const { figure, compared } = headlineFigures(query, metric, result);
  const today = todayOf(setting);
  return [
    name('metric', 'Metric', metric.label),
    ...(query.surface === null ? [] : [name('surface', 'Page', query.surface)]),
    dateFact('window', 'Period', query.window.start, formatWindow(query.window, today)),
    name('timezone', 'Time zone', setting.zone),
    ...valueFact('value', metric.label, figure, asked),
    ...(query.compare === null
      ? []
      : [
          dateFact('compare.window', 'Compared with', query.compare.start, formatWindow(query.compare, today)),
          ...valueFact('compare.value', `${metric.label}, compared period`, compared, asked),
          ...changeFact(figure, compared, asked),
        ]),
    ...(variation?.tested
      ? [{ id: 'p_value', label: 'Probability by chance', value: variation.p, unit: 'p', text: formatP(variation.p) }]
      : []),
    ...(figure === result.total.figure
      ? []
      : valueFact('distinct', `${metric.label}, each counted once`, result.total.figure, asked)),
    ...partFacts(result.total.figure, asked),
    ...(query.group_by.length > 0 ? [countFact('groups', 'Groups in all', result.groups)] : []),
    ...result.rows.flatMap((row, index) => rowFacts(row, index + 1, asked)),
  ];
}

function rowFacts(row: MetricAsked['result']['rows'][number], number: number, asked: MetricAsked): Fact[] {
  const { query, metric, result } = asked;
  if (query.group_by.length === 0 && row.bucket === null) return [];
  const id = `row.${number}`;
  const names = query.group_by.flatMap((dimension, index) => {
    const value = row.key[dimension];
    const label = findDimension(dimension)?.label ?? dimension;
    return value == null ? [] : [name(index === 0 ? `${id}.name` : `${id}.name.${index + 1}`, label, value)];
  });
  const total = result.total.figure.value ?? 0;
  const part = row.figure.value ?? 0;
  const share = query.group_by.length > 0 && isAdditive(metric) && total > 0 ? part / total : null;
  return [
    ...names,
    ...(row.bucket === null || query.grain === null
      ? []
      : [dateFact(`${id}.date`, 'When', row.bucket, bucketLabel(row.bucket, query.grain))]),
    ...valueFact(`${id}.value`, metric.label, row.figure, asked),
    ...valueFact(`${id}.compare.value`, `${metric.label}, compared period`, row.compared, asked),
    ...(share === null
      ? []
      : [{ id: `${id}.share`, label: 'Share of all', value: share, unit: 'share', text: formatPercent(share) }]),
  ];
}

function valueFact(id: string, label: string, figure: Figure | null, { metric, setting }: MetricAsked): Fact[] {
  const value = contractValue(figure?.value ?? null, metric, setting.currency);
  if (figure === null || figure.value === null || value === null) return [];
  const text = formatValue(figure.value, metric, setting.currency);
  return [{ id, label, value, unit: contractUnit(metric, setting.currency), text }];
}

function changeFact(now: Figure, before: Figure | null, { metric, setting }: MetricAsked): Fact[] {
  if (now.value === null || before === null || before.value === null) return [];
  const text = formatChange(now.value, before.value, metric);
  const difference = contractValue(now.value - before.value, metric, setting.currency);
  if (text === null || difference === null) return [];
  const unit = metric.unit === 'share' ? 'points' : contractUnit(metric, setting.currency);
  return [{ id: 'change', label: 'Change', value: difference, unit, text }];
}

/** A ratio's parts, and the sample. */
function partFacts(figure: Figure, { metric }: MetricAsked): Fact[] {
  const parts =
    figure.numerator === null || figure.denominator === null || metric.unit === 'money'
      ? []
      : [countFact('numerator', 'Counted', figure.numerator), countFact('denominator', 'Out of', figure.denominator)];
  return [...parts, countFact('sample', 'Sample', figure.sample)];
}
