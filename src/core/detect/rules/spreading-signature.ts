import { baselineSlots } from '../baseline.ts';
import type { MeasuringRule } from '../rule.ts';

const MIN_SURFACES = 3;
const MIN_COUNT = 15;
/** Against the most surfaces it was seen on in one day of the baseline. */
const MIN_GROWTH = 2;

/** An error signature that is suddenly on many more surfaces: the cause is shared, not local. */
export const spreadingSignature: MeasuringRule = {
  kind: 'measure',
  id: 'spreading-signature',
  summary: 'An error signature shows on at least twice as many surfaces as on any day of its baseline.',
  entityTypes: ['error_signature'],
  profiles: ['default'],
  measure: (day) => {
    const slots = baselineSlots(day.slot, 1, day.settings.baselineDays, day.usable('errors'));
    if (slots.length < day.settings.minHistoryDays) return [];
    return day.history.signatures.flatMap(({ signature, errors, surfaces }) => {
      const current = surfaces[day.slot] ?? 0;
      const most = Math.max(0, ...slots.map((slot) => surfaces[slot] ?? 0));
      if (current < MIN_SURFACES || most === 0) return [];
      return {
        entity_type: 'error_signature' as const,
        entity_key: signature,
        metric: 'surfaces',
        direction: 'up' as const,
        current,
        expected: most,
        z: null,
        p_value: null,
        interval: [0, most] as [number, number],
        substantial: current >= MIN_GROWTH * most && (errors[day.slot] ?? 0) >= MIN_COUNT,
        bad: 'up' as const,
        evidence: () => ({
          count: errors[day.slot] ?? 0,
          surfaces: current,
          most_surfaces_before: most,
          baseline_days: slots.length,
          window_days: 1,
          model: 'surfaces a day',
        }),
        at: (slot: number) => ({
          value: day.history.hasData[slot] ? (surfaces[slot] ?? 0) : null,
          expected: most,
          interval: [0, most] as [number, number],
        }),
      };
    });
  },
};
