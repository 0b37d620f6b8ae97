import { baselineSlots } from './baseline.ts';
import type { DayContext } from './rule.ts';

/**
 * Surfaces that had visits but too few of them to judge one day by, as usual for them. A page that normally has
 * plenty and had few today is not small: it lost its traffic, and that is judged.
 */
export function tooSmallSurfaces(day: DayContext): string[] {
  const { history, settings, slot } = day;
  const slots = baselineSlots(slot, 1, settings.baselineDays, history.hasData);
  return history.surfaces
    .filter(({ measures, present }) => {
      const exposure = (at: number): number => Math.max(measures.pageviews[at] ?? 0, measures.requests[at] ?? 0);
      if (!present[slot] || exposure(slot) >= settings.minExposure) return false;
      const usual = slots.reduce((sum, at) => sum + exposure(at), 0) / Math.max(1, slots.length);
      return usual < settings.minExposure;
    })
    .map(({ surface }) => surface);
}
