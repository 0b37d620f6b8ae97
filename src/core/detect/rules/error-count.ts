import { baselineSlots } from '../baseline.ts';
import { ERROR_COUNT } from '../rate-metrics.ts';
import { measureRates } from '../rate-test.ts';
import type { DayContext, MeasuringRule } from '../rule.ts';

/** Views a day, on average, from which errors are a rate per view and the spike rule has them. */
const MIN_VIEWS = 5;

/** Errors where nobody looks at a page: endpoints, jobs, webhooks. */
export const errorCount: MeasuringRule = {
  kind: 'measure',
  id: 'error-count',
  summary: 'A surface without views has more errors than its requests, or its days, explain.',
  entityTypes: ['surface'],
  profiles: ['default'],
  measure: (day) => {
    const viewless = day.history.surfaces.filter(({ measures }) => meanOver(day, measures.pageviews) < MIN_VIEWS);
    const called = viewless.filter(({ measures }) => meanOver(day, measures.requests) >= MIN_VIEWS);
    const uncalled = viewless.filter((surface) => !called.includes(surface));
    const everyDay = new Float64Array(day.history.days).fill(1);
    return [
      ...measureRates(day, ERROR_COUNT, {
        entity_type: 'surface',
        perDay: true,
        usable: day.usable('errors', 'requests'),
        series: called.map(({ surface, measures }) => ({
          key: surface,
          counts: measures.errors,
          exposure: measures.requests,
        })),
      }),
      ...measureRates(day, ERROR_COUNT, {
        entity_type: 'surface',
        perDay: true,
        usable: day.usable('errors'),
        series: uncalled
          .filter(({ present }) => seenSince(present, day.slot - day.settings.minHistoryDays))
          .map(({ surface, measures, maintenance }) => ({
            key: surface,
            counts: measures.errors,
            exposure: maintenance ? everyDay.map((day, slot) => (maintenance.covered[slot] ? 0 : day)) : everyDay,
          })),
      }),
    ];
  },
};

function meanOver(day: DayContext, column: Float64Array): number {
  const slots = baselineSlots(day.slot, 0, day.settings.baselineDays + 1, day.history.hasData);
  return slots.reduce((sum, slot) => sum + (column[slot] ?? 0), 0) / Math.max(1, slots.length);
}

/** Whether it was there that long ago: an entity that appeared yesterday was not silent before, it was not there. */
function seenSince(present: Uint8Array, slot: number): boolean {
  const from = Math.max(0, slot - 14);
  for (let at = from; at <= slot; at++) if (present[at]) return true;
  return false;
}
