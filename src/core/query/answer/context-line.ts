/** Under every figure: what it means, of when, on how much it rests and how fresh it is. */
import type { Metric } from '../../catalogue/define.ts';
import { getMeasure } from '../../catalogue/index.ts';
import { formatCount, formatMoment } from '../../facts/render.ts';
import { dateInZone } from '../../window.ts';
import { type MetricAsked, todayOf } from './asked.ts';
import { labelOf, lowerFirst, sampleName } from './figure-words.ts';
import { formatShortWindow, formatWindow } from './period-words.ts';

/** Definition and version, dates and zone, sample, freshness. */
export function contextLine(asked: MetricAsked): string[] {
  const { query, metric, result, setting } = asked;
  const today = todayOf(setting);
  const against = query.compare === null ? '' : ` against ${formatShortWindow(query.compare, today)}`;
  const { sample } = result.total.figure;
  return [
    definitionOf(metric),
    `${formatWindow(query.window, today)}${against}, ${setting.zone}`,
    ...(metric.unit === 'count' && metric.minimum_sample.at_least === 1
      ? []
      : [`${formatCount(sample)} ${sampleName(metric, sample)}`]),
    ...freshness(asked),
  ];
}

/** "error_rate v1 = errors / pageviews". */
export function definitionOf(metric: Metric): string {
  const name = `${metric.id} v${metric.version}`;
  if (!('numerator' in metric.of)) return `${name} = ${lowerFirst(metric.definition.replace(/\.$/, ''))}`;
  const [part, whole] = [metric.of.numerator, metric.of.denominator].map((id) => labelOf(getMeasure(id)));
  return `${name} = ${part} / ${whole}`;
}

/** "data to 09:12", "data to Wed 28 Jan, 23:50". */
function freshness({ result: { watermark }, setting }: MetricAsked): string[] {
  if (watermark === null) return [];
  const moment = formatMoment(watermark, setting.zone);
  const fromToday = dateInZone(watermark, setting.zone) === todayOf(setting);
  return [`data to ${fromToday ? moment.split(', ')[1] : moment}`];
}
