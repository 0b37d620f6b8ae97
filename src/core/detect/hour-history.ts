/** The hourly rollups a detector reads, as columns: one typed array a measure, one slot an hour. */
import type { Hour } from '../hours.ts';
import { columns, count, MEASURES, type Measure } from './history.ts';

export interface SurfaceHours {
  surface: string;
  /** 1 where the surface has a row that hour; without one every count is 0. */
  present: Uint8Array;
  measures: Record<Measure, Float64Array>;
  /** 95th percentile in milliseconds; NaN without requests. */
  latency: Float64Array;
}

export interface HourHistory {
  /** Every hour of the range, with rows or without: slot by slot what the columns hold. */
  hours: readonly Hour[];
  /** In code point order. */
  surfaces: SurfaceHours[];
  /** Sum over surfaces, by slot. */
  totals: Record<Measure, Float64Array>;
  /** 1 where any surface has a row: an hour without one has no data, which is never zero. */
  hasData: Uint8Array;
}

/** A row of `hourly_surface_metrics`, as far as detection reads it. */
export interface SurfaceHour extends Record<Measure, number> {
  /** Start of the bucket, epoch milliseconds. */
  hour: number;
  surface: string;
  latency_p95: number | null;
}

/** Lays rows out by hour as they come, in any order, so that no list of all rows is ever held. */
export class HourHistoryBuilder {
  readonly #hours: readonly Hour[];
  readonly #slots: ReadonlyMap<number, number>;
  readonly #surfaces = new Map<string, SurfaceHours>();
  readonly #totals: Record<Measure, Float64Array>;
  readonly #hasData: Uint8Array;

  constructor(hours: readonly Hour[]) {
    this.#hours = hours;
    this.#slots = new Map(hours.map(({ start }, slot) => [start, slot]));
    this.#totals = columns(hours.length);
    this.#hasData = new Uint8Array(hours.length);
  }

  /** Once a (hour, surface); a row of another hour is left out. */
  add(row: SurfaceHour): void {
    const slot = this.#slots.get(row.hour);
    if (slot === undefined) return;
    const { measures, latency, present } = this.#surface(row.surface);
    for (const measure of MEASURES) {
      const value = count(row[measure]);
      const total = this.#totals[measure];
      measures[measure][slot] = value;
      total[slot] = (total[slot] ?? 0) + value;
    }
    latency[slot] = row.latency_p95 ?? Number.NaN;
    present[slot] = 1;
    this.#hasData[slot] = 1;
  }

  build(): HourHistory {
    const surfaces = [...this.#surfaces.values()].sort((a, b) => (a.surface < b.surface ? -1 : 1));
    return { hours: this.#hours, surfaces, totals: this.#totals, hasData: this.#hasData };
  }

  #surface(surface: string): SurfaceHours {
    const known = this.#surfaces.get(surface);
    if (known) return known;
    const { length } = this.#hours;
    const made: SurfaceHours = {
      surface,
      present: new Uint8Array(length),
      measures: columns(length),
      latency: new Float64Array(length).fill(Number.NaN),
    };
    this.#surfaces.set(surface, made);
    return made;
  }
}
