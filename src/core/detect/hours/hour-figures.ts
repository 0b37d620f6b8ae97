import type { CountSurprise } from '../series/count-model.ts';
import type { SeriesPoint } from '../series/point.ts';
import { type Counted, countedOf, type HourlyMetric } from './hourly-metrics.ts';

/** An hour's figure against what was expected of it: rates per view or request; for traffic, views or requests. */
export interface ReadFigures {
  current: number;
  expected: number;
  lower: number;
  upper: number;
}

/** From counts to what people read. */
export function figuresOf(
  metric: HourlyMetric,
  { point, hour, surprise }: { point: SeriesPoint; hour: Counted; surprise: CountSurprise },
): ReadFigures {
  const { value, total = 0 } = point;
  const scale = metric.id === 'traffic' ? 1 : 1 / hour.exposure;
  const figureAt = (mean: number): number => countedOf(metric, { value, total, mean }).expected * scale;
  return {
    current: hour.value * scale,
    expected: hour.expected * scale,
    lower: figureAt(surprise.lower),
    upper: figureAt(surprise.upper),
  };
}
