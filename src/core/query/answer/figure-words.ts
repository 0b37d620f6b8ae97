/** A metric's figures as people read them and as the contract has them. */
import type { Metric } from '../../catalogue/define.ts';
import { getMeasure, kindOf, sampleLabel } from '../../catalogue/index.ts';
import {
  formatCount,
  formatMilliseconds,
  formatMinutes,
  formatMoney,
  formatPercent,
  formatPoints,
  toMajorUnits,
} from '../../facts/render.ts';

/** "2.1%", "212", "$12.8k", "310 ms". Money comes in minor units. */
export function formatValue(value: number, { unit }: Pick<Metric, 'unit'>, currency: string): string {
  switch (unit) {
    case 'share':
      return formatPercent(value);
    case 'money':
      return formatMoney(value, currency);
    case 'milliseconds':
      return formatMilliseconds(value);
    case 'minutes':
      return formatMinutes(value);
    default:
      return formatCount(Math.abs(value) >= 100 ? Math.round(value) : value);
  }
}

/** The contract's number: money in major units, the rest as it is. */
export function contractValue(value: number | null, { unit }: Pick<Metric, 'unit'>, currency: string): number | null {
  return value !== null && unit === 'money' ? toMajorUnits(value, currency) : value;
}

/** The contract's unit: the currency's code for money. */
export const contractUnit = ({ unit }: Pick<Metric, 'unit'>, currency: string): string =>
  unit === 'money' ? currency : unit;

/** "2.1% error rate", "212 tickets", "1 ticket". */
export function formatNamed(value: number, metric: Metric, currency: string): string {
  return `${formatValue(value, metric, currency)} ${nameFor(value, metric)}`;
}

/** The metric's name as it stands after a figure: "tickets", and "ticket" after 1. */
export function nameFor(value: number, metric: Metric): string {
  // Which funnel is said beside it.
  const label = labelOf(metric).replace(/^funnel /, '');
  return value === 1 && metric.unit !== 'share' ? singular(label) : label;
}

/** "error rate", inside a sentence. */
export const labelOf = ({ label }: { label: string }): string => lowerFirst(label);

/** What the metric's sample is counted in: "pageviews", after 1 "pageview". */
export function sampleName(metric: Metric, count: number): string {
  const { measure, noun } = metric.minimum_sample;
  const sums = noun === undefined && getMeasure(measure).aggregation.kind === 'sum';
  const label = labelOf({ label: sampleLabel(metric) });
  return counted(sums ? `${label} events` : label, count);
}

/** How far two figures lie apart: points between shares, else in percent of the earlier; null where it was nothing. */
export function formatChange(now: number, before: number, { unit }: Pick<Metric, 'unit'>): string | null {
  if (unit === 'share') return formatPoints(now - before);
  return before > 0 ? formatPercent(Math.abs(now / before - 1)) : null;
}

/** Whether parts of the metric add up to the whole. */
export const isAdditive = (metric: Metric): boolean => ['count', 'sum'].includes(kindOf(metric));

/** Whether the metric counts people, whom small groups would give away. */
export function countsPeople(metric: Metric): boolean {
  if ('method' in metric.of) return ['new_users', 'retention_rate', 'activation_rate'].includes(metric.of.method);
  const measures = 'measure' in metric.of ? [metric.of.measure] : [metric.of.numerator, metric.of.denominator];
  return measures.some((id) => {
    const { aggregation } = getMeasure(id);
    return aggregation.kind === 'distinct' && aggregation.of === 'user';
  });
}

/** A sentence's beginning inside of one; what begins with two capitals ("HTTP") stays. */
export function lowerFirst(label: string): string {
  return /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

const PLURALS =
  /\b(replies|pageview|action|drop-off|error|ticket|request|account|user|conversation|message|order|task|session|call|event)(s?)\b/;

/** "orders", and "order" after 1. */
export const counted = (name: string, count: number): string => (count === 1 ? singular(name) : name);

function singular(label: string): string {
  return label.replace(PLURALS, (_, noun: string) => (noun === 'replies' ? 'reply' : noun));
}

/** "page", "error signature": what the rows of a cut are. */
export function dimensionNoun(label: string, id: string, count: number): string {
  const one = id === 'surface' ? 'page' : lowerFirst(label);
  if (count === 1) return one;
  if (/[^aeiou]y$/.test(one)) return `${one.slice(0, -1)}ies`;
  return /s$/.test(one) ? `${one}es` : `${one}s`;
}
