/** What all surfaces of a made-up product share: the week, holidays, releases, and a mood that drifts. */
import { weekdayOf } from '../window.ts';
import type { Rng } from './rng.ts';
import { normal } from './samplers.ts';
import { RATED, type Rated } from './usual.ts';

const OFFICE_WEEK = [1.12, 1.18, 1.16, 1.12, 1.0, 0.32, 0.3];
const SPARE_WEEK = [0.92, 0.9, 0.92, 0.95, 1.05, 1.16, 1.1];
const DAYS_BETWEEN_RELEASES = 9;
const HOLIDAYS_A_MONTH = 0.8;

export interface Release {
  release: string;
  slot: number;
}

export interface Calendar {
  days: number;
  /** Weekday by slot, 0 Monday. */
  weekday: Uint8Array;
  /** Traffic multiplier by slot on holidays, 1 on the others. */
  holiday: Float64Array;
  /** Logarithm of the whole product's wander, by slot. */
  wander: Float64Array;
  releases: readonly Release[];
  /** Weekday factors of each rate, the same for all surfaces. */
  rateWeek: Record<Rated, number[]>;
}

/** @param firstDay day number of slot 0; @param calm holidays fall from this slot on only. */
export function drawCalendar(
  rng: Rng,
  { days, firstDay, calm, decoys }: { days: number; firstDay: number; calm: number; decoys: boolean },
): Calendar {
  const holiday = new Float64Array(days).fill(1);
  const holidays = decoys ? Math.round(((days - calm) / 30) * HOLIDAYS_A_MONTH) : 0;
  for (let index = 0; index < holidays; index++)
    holiday[calm + rng.below(Math.max(1, days - calm))] = 0.3 + 0.35 * rng.next();
  const releases: Release[] = [{ release: 'web@1.0.0', slot: 0 }];
  for (
    let slot = 3 + rng.below(DAYS_BETWEEN_RELEASES);
    slot < days;
    slot += 4 + rng.below(2 * DAYS_BETWEEN_RELEASES - 7)
  )
    releases.push({ release: `web@1.${releases.length}.0`, slot });
  return {
    days,
    weekday: Uint8Array.from({ length: days }, (_, slot) => weekdayOf(firstDay + slot)),
    holiday,
    wander: drawWander(rng, days, 0.05, 0.9),
    releases,
    rateWeek: Object.fromEntries(
      RATED.map((measure) => [measure, OFFICE_WEEK.map(() => Math.exp(0.05 * normal(rng)))]),
    ) as Record<Rated, number[]>,
  };
}

/** A first-order autoregression of this standard deviation: what lingers for some days and nobody planned. */
export function drawWander(rng: Rng, days: number, sd: number, correlation: number): Float64Array {
  const path = new Float64Array(days);
  const innovation = sd * Math.sqrt(1 - correlation ** 2);
  let value = sd * normal(rng);
  for (let slot = 0; slot < days; slot++) {
    path[slot] = value;
    value = correlation * value + innovation * normal(rng);
  }
  return path;
}

/** Traffic multiplier of a weekday for a surface that follows this much of the office week. */
export function weekShape(weekday: number, business: number): number {
  return (OFFICE_WEEK[weekday] ?? 1) ** business * (SPARE_WEEK[weekday] ?? 1) ** (1 - business);
}
