import { baselineSlots } from '../baseline.ts';
import type { Measurement } from '../measurement.ts';
import type { DayContext, MeasuringRule } from '../rule.ts';

const MIN_COUNT = 15;
/** Of all errors of the day: a trickle in a flood of others is no news. */
const MIN_SHARE = 0.02;

/** An error signature nobody has seen in the baseline, often enough to matter. */
export const newSignature: MeasuringRule = {
  kind: 'measure',
  id: 'new-signature',
  summary: 'An error signature that the baseline never saw.',
  entityTypes: ['error_signature'],
  profiles: ['default'],
  measure: (day) => {
    const slots = baselineSlots(day.slot, 1, day.settings.baselineDays, day.usable('errors'));
    if (slots.length < day.settings.minHistoryDays) return [];
    return day.history.signatures
      .filter(({ errors }) => (errors[day.slot] ?? 0) > 0 && firstSeen(slots, errors) > day.slot - RECENT_DAYS)
      .map(({ signature, errors }) => measureNew(day, signature, errors, slots));
  },
};

/** A signature stays new for this many days after it was first seen, so that its episode does not end on day two. */
const RECENT_DAYS = 3;

function firstSeen(slots: readonly number[], errors: Float64Array): number {
  return slots.find((slot) => (errors[slot] ?? 0) > 0) ?? Number.POSITIVE_INFINITY;
}

function measureNew(day: DayContext, signature: string, errors: Float64Array, slots: readonly number[]): Measurement {
  const current = errors[day.slot] ?? 0;
  const total = day.history.totals.errors[day.slot] ?? 0;
  const share = total > 0 ? Math.min(1, current / total) : 1;
  return {
    entity_type: 'error_signature',
    entity_key: signature,
    metric: 'errors',
    direction: 'up',
    current,
    expected: 0,
    z: null,
    p_value: null,
    interval: [0, 0],
    substantial: current >= MIN_COUNT && share >= MIN_SHARE,
    bad: 'up',
    evidence: () => ({
      count: current,
      share_of_errors: share,
      baseline_days: slots.length,
      window_days: 1,
      model: 'never seen',
    }),
    at: (slot) => ({ value: day.history.hasData[slot] ? (errors[slot] ?? 0) : null, expected: 0, interval: [0, 0] }),
  };
}
