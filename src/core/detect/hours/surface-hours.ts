/** What is known of one surface: what it is counted in, when it was last seen, and a series a metric. */
import type { HourHistory, SurfaceHours } from '../hour-history.ts';
import type { Calendar } from '../series/calendar.ts';
import { DAY } from '../series/grain.ts';
import type { StateReader, StateWriter } from '../series/state.ts';
import type { HourlyMetricId } from './hourly-finding.ts';
import { type Basis, HOURLY_METRICS, pointOf } from './hourly-metrics.ts';
import { HourlySeries, type WeighedHour } from './hourly-series.ts';
import type { ProductHour } from './product-hours.ts';

/** Views in an hour that make a surface one of views after all: it begins anew. */
const VIEWS_AFTER_ALL = 30;
/** A surface that was not seen for so long is forgotten. */
const FORGOTTEN_AFTER = 14 * DAY;

export class JudgedSurface {
  private basis: Basis = 'requests';
  private lastSeen = Number.NEGATIVE_INFINITY;
  private series: readonly HourlySeries[];
  private readonly calendar: Calendar;

  constructor(calendar: Calendar) {
    this.calendar = calendar;
    this.series = beginSeries(calendar);
  }

  /**
   * Every metric that can be told of the hour.
   * @param columns undefined where the surface has no rows at all.
   * @param only weighs this metric alone: each is told by its own hours.
   */
  weigh(
    columns: SurfaceHours | undefined,
    { history, slot, at, product }: { history: HourHistory; slot: number; at: number; product: ProductHour },
    only?: HourlyMetricId,
  ): WeighedHour[] {
    const views = columns?.measures.pageviews[slot] ?? 0;
    if (this.lastSeen < 0) this.basis = views > 0 ? 'pageviews' : 'requests';
    else if (this.basis === 'requests' && views >= VIEWS_AFTER_ALL) {
      this.basis = 'pageviews';
      this.series = beginSeries(this.calendar);
    }
    if (columns?.present[slot]) this.lastSeen = at;
    if (this.lastSeen < 0) return [];
    const { basis } = this;
    const gaps: readonly string[] = product.gaps;
    return HOURLY_METRICS.flatMap((metric, index): WeighedHour[] => {
      const series = only === undefined || metric.id === only ? this.series[index] : undefined;
      const silent = metric.needs.some((measure) => gaps.includes(measure)) || (metric.onBasis && gaps.includes(basis));
      if (silent || !series) return [];
      const count = (measure: keyof SurfaceHours['measures']): number => columns?.measures[measure][slot] ?? 0;
      const point = pointOf(metric, { at, basis, count, total: history.totals[basis][slot] ?? 0 });
      return point ? [series.weigh(point, basis, metric.bad === 'down' ? product.level(basis) : 1)] : [];
    });
  }

  /** Lets an hour pass unjudged and unlearned. @returns whether the surface was known by then. */
  pause(at: number): boolean {
    if (this.lastSeen < 0) return false;
    this.lastSeen = at;
    return true;
  }

  isForgotten(at: number): boolean {
    return at - this.lastSeen > FORGOTTEN_AFTER;
  }

  save(to: StateWriter): void {
    to.numbers(this.basis === 'pageviews' ? 1 : 0, this.lastSeen);
    for (const series of this.series) series.save(to);
  }

  static restore(from: StateReader, calendar: Calendar): JudgedSurface {
    const surface = new JudgedSurface(calendar);
    surface.basis = from.number() === 1 ? 'pageviews' : 'requests';
    surface.lastSeen = from.number();
    for (const series of surface.series) series.restore(from);
    return surface;
  }
}

function beginSeries(calendar: Calendar): HourlySeries[] {
  return HOURLY_METRICS.map((metric) => new HourlySeries(metric, calendar));
}
