import { addDays } from '../../window.ts';
import { baselineSlots } from '../baseline.ts';
import { type NotingRule, plainFinding } from '../rule.ts';

/** Too few days to know what normal is: said once a surface, instead of a verdict. */
export const insufficientHistory: NotingRule = {
  kind: 'note',
  id: 'insufficient-history',
  summary: 'A surface has fewer than 14 days with views or requests in its baseline, so it is not judged yet.',
  entityTypes: ['surface'],
  profiles: ['seed', 'default'],
  note: (day) => {
    const { history, settings, slot, profile } = day;
    const every = new Uint8Array(history.days).fill(1);
    const slots = baselineSlots(slot, 1, settings.baselineDays, every);
    return history.surfaces.flatMap(({ surface, measures, present, maintenance }) => {
      if (!present[slot]) return [];
      const exposed = (at: number): boolean =>
        (measures.pageviews[at] ?? 0) > 0 || (profile !== 'seed' && (measures.requests[at] ?? 0) > 0);
      const days = slots.filter(exposed).length;
      if (days >= settings.minHistoryDays || (profile === 'seed' && !exposed(slot))) return [];
      // Seen two weeks ago and still few days with views: a quiet page, unless maintenance took the days.
      const firstSeen = slots.find((at) => present[at]) ?? slot;
      const away = slots.filter((at) => maintenance?.covered[at]).length;
      const quiet = slot - firstSeen >= settings.minHistoryDays && days + away < settings.minHistoryDays;
      if (profile !== 'seed' && quiet) return [];
      return plainFinding(
        day,
        'insufficient-history',
        { entity_type: 'surface', entity_key: surface },
        'history_days',
        { days, needed: settings.minHistoryDays, ready_on: addDays(day.date, settings.minHistoryDays - days) },
        { current: days, expected: settings.minHistoryDays },
      );
    });
  },
};
