/** Schema of Slack's native chart: labels must cover the categories exactly, series names are unique. */
import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { blockId, bounded, list } from './text-schema.ts';

const point = z.strictObject({
  label: bounded(LIMITS.chart.label),
  value: z.number({ error: 'must be a number' }),
});

const series = z.strictObject({
  name: bounded(LIMITS.chart.label),
  data: list(point, LIMITS.chart.points),
});

const axisConfig = z.strictObject({
  categories: list(bounded(LIMITS.chart.label), LIMITS.chart.points),
  x_label: bounded(LIMITS.chart.axisLabel).optional(),
  y_label: bounded(LIMITS.chart.axisLabel).optional(),
});

const seriesChart = <Type extends 'line' | 'bar' | 'area'>(type: Type) =>
  z
    .strictObject({
      type: z.literal(type),
      series: list(series, LIMITS.chart.series),
      axis_config: axisConfig,
    })
    .superRefine((chart, context) => {
      const categories = chart.axis_config.categories;
      if (new Set(categories).size !== categories.length) {
        context.addIssue({ code: 'custom', path: ['axis_config', 'categories'], message: 'must be unique' });
      }
      const names = new Set<string>();
      for (const [index, { name, data }] of chart.series.entries()) {
        if (names.has(name)) {
          context.addIssue({ code: 'custom', path: ['series', index, 'name'], message: 'must be unique' });
        }
        names.add(name);
        const labels = data.map((item) => item.label);
        if (labels.length !== categories.length || labels.some((label) => !categories.includes(label))) {
          context.addIssue({
            code: 'custom',
            path: ['series', index, 'data'],
            message: 'must have exactly one data point per category',
          });
        }
      }
    });

const pieChart = z.strictObject({
  type: z.literal('pie'),
  segments: list(
    z.strictObject({
      label: bounded(LIMITS.chart.label),
      value: z.number({ error: 'must be a number' }).positive({ error: 'must be greater than 0' }),
    }),
    LIMITS.chart.segments,
  ),
});

export const chartBlock = z.strictObject({
  type: z.literal('data_visualization'),
  block_id: blockId,
  title: bounded(LIMITS.chart.title),
  chart: z.discriminatedUnion('type', [seriesChart('line'), seriesChart('bar'), seriesChart('area'), pieChart]),
});
