/** Days of a page with the restlessness real ones have. */
import type { DayVolume } from '../../../../src/core/query/why/change-test.ts';
import type { DayMeasures } from '../../../../src/core/query/why/measured.ts';
import { createRng } from '../../../../src/core/simulate/rng.ts';
import { poisson } from '../../../../src/core/simulate/samplers.ts';
import { addDays, dayNumber, listDays, weekdayOf } from '../../../../src/core/window.ts';

/** The day after the last one; a Monday. */
export const END = '2026-03-02';

/** Weekends have a third of the views. */
export const viewsOn = (date: string): number => (weekdayOf(dayNumber(date)) > 4 ? 300 : 900);

/** Errors out of views for the `days` before END; `change` multiplies a day's rate. */
export function restlessDays(
  seed: number,
  days: number,
  rate: number,
  change: (date: string) => number = () => 1,
): DayVolume[] {
  const rng = createRng(seed, 'why');
  return listDays({ start: addDays(END, -days), end: END }).map((date) => {
    // A day's rate itself varies by a fifth: two uniform draws around 1.
    const restless = 1 + 0.5 * (rng.next() + rng.next() - 1);
    const exposure = poisson(rng, viewsOn(date));
    return { date, count: poisson(rng, exposure * rate * restless * change(date)), exposure };
  });
}

export const between = <Day extends { date: string }>(days: readonly Day[], start: number, end: number): Day[] =>
  days.filter(({ date }) => date >= addDays(END, -start) && date < addDays(END, -end));

export const dayOf = (date: string, changes: Partial<DayMeasures> = {}): DayMeasures => ({
  date,
  pageviews: 1000,
  actions: 300,
  dropoffs: 250,
  errors: 10,
  tickets: 3,
  replies: 3,
  requests: 2000,
  request_failures: 8,
  revenue: 50_000,
  unknown: [],
  ...changes,
});
