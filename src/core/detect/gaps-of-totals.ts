/** Gaps of days that nobody judged, from what was counted of them. */
import type { Source } from '../records.ts';
import { addDays, dayNumber } from '../window.ts';
import { gapSources } from './gap-sources.ts';
import { findGaps } from './gaps.ts';
import { WATCHED, type Watched } from './watched.ts';

/** What all pages together had on a day (YYYY-MM-DD). */
export type DayTotals = Readonly<Record<Watched, number>> & { readonly date: string };

/**
 * The days on which a measure was all but silent while others went on, by the rule that judges days.
 * @param days those that have any data, the 28 before those asked about among them.
 * @param known sources that have ever sent anything.
 */
export function gapsOfTotals(
  days: readonly DayTotals[],
  known: readonly Source[],
): { date: string; sources: Source[] }[] {
  const dates = days.map(({ date }) => date).sort();
  const [first] = dates;
  const last = dates.at(-1);
  if (first === undefined || last === undefined) return [];
  const origin = dayNumber(first);
  const length = dayNumber(last) - origin + 1;
  const hasData = new Uint8Array(length);
  const column = () => new Float64Array(length);
  const totals: Record<Watched, Float64Array> = {
    ...{ pageviews: column(), actions: column(), dropoffs: column() },
    ...{ errors: column(), tickets: column(), requests: column() },
  };
  for (const day of days) {
    const slot = dayNumber(day.date) - origin;
    hasData[slot] = 1;
    for (const measure of WATCHED) totals[measure][slot] = day[measure];
  }
  return findGaps({ days: length, hasData, surfaces: [], totals }).flatMap((gaps, slot) =>
    gaps.length === 0 ? [] : [{ date: addDays(first, slot), sources: gapSources(gaps, known) }],
  );
}
