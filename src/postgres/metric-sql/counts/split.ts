import type { DateRange } from '../../../core/records.ts';
import { addDays, dateInZone, listDays, startOfDay } from '../../../core/window.ts';
import type { Stretch } from '../scan.ts';

/** Which days of a period are read as counted, and the stretches that are read from events. */
export interface Split {
  readonly counted: readonly DateRange[];
  readonly live: readonly Stretch[];
}

/**
 * A day is read as counted when the period holds all of it, it is over, and nothing came in since it was counted.
 * @param dirty days that were not counted since their events changed; null when none was counted.
 */
export function splitPeriod({ start, until }: Stretch, dirty: ReadonlySet<string> | null, zone: string): Split {
  const whole = { counted: [], live: start < until ? [{ start, until }] : [] };
  if (dirty === null || start >= until) return whole;
  const firstDay = dateInZone(start, zone);
  const first = startOfDay(firstDay, zone) === start ? firstDay : addDays(firstDay, 1);
  const end = dateInZone(until, zone);
  const runs: { start: string; end: string }[] = [];
  for (const date of listDays({ start: first, end })) {
    if (dirty.has(date)) continue;
    const run = runs.at(-1);
    if (run?.end === date) run.end = addDays(date, 1);
    else runs.push({ start: date, end: addDays(date, 1) });
  }
  const live: Stretch[] = [];
  let from = start;
  for (const run of runs) {
    const begin = startOfDay(run.start, zone);
    if (from < begin) live.push({ start: from, until: begin });
    from = startOfDay(run.end, zone);
  }
  if (from < until) live.push({ start: from, until });
  return { counted: runs, live };
}

/** The same without some days. */
export function withoutDays({ counted, live }: Split, dates: ReadonlySet<string>, zone: string): Split {
  if (dates.size === 0) return { counted, live };
  const gone = [...dates].sort().map((date) => ({ date, next: addDays(date, 1) }));
  return {
    counted: gone.reduce<readonly DateRange[]>(
      (left, { date, next }) =>
        left.flatMap(({ start, end }) =>
          date < start || date >= end
            ? [{ start, end }]
            : [
                { start, end: date },
                { start: next, end },
              ].filter((range) => range.start < range.end),
        ),
      counted,
    ),
    live: gone.reduce<readonly Stretch[]>((left, { date, next }) => {
      const [from, to] = [startOfDay(date, zone), startOfDay(next, zone)];
      return left.flatMap(({ start, until }) =>
        [
          { start, until: Math.min(until, from) },
          { start: Math.max(start, to), until },
        ].filter((stretch) => stretch.start < stretch.until),
      );
    }, live),
  };
}
