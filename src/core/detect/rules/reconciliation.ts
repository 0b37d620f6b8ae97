import type { Measure } from '../history.ts';
import type { Measurement } from '../measurement.ts';
import { UNMATCHED_RATE } from '../rate-metrics.ts';
import { measureRates } from '../rate-test.ts';
import type { ReconciliationHistory } from '../reconciled-history.ts';
import type { DayContext, MeasuringRule } from '../rule.ts';

/** Seed 002's soft failures: nothing failed, and still what should have followed did not. */
export const reconciliation: MeasuringRule = {
  kind: 'measure',
  id: 'reconciliation',
  summary: 'More events than normal, and than is tolerated, stay without the one that belongs to them.',
  entityTypes: ['surface'],
  profiles: ['default'],
  measure: (day) => worstOfEach((day.history.reconciliations ?? []).flatMap((declared) => measureOne(day, declared))),
};

function measureOne(day: DayContext, { reconciliation: declared, right, surfaces }: ReconciliationHistory) {
  const { id, label, within, tolerance, left, right: counterpart } = declared;
  const silenced = [left.type, counterpart.type].flatMap((type) => MEASURE_OF[type] ?? []);
  return measureRates(day, UNMATCHED_RATE, {
    entity_type: 'surface',
    usable: day.usable(...silenced),
    series: surfaces.map((each) => ({ key: each.surface, counts: each.unmatched, exposure: each.left })),
  }).map(
    (measured): Measurement => ({
      ...measured,
      interval: measured.interval,
      at: (slot) => measured.at(slot),
      substantial: measured.substantial && measured.current > tolerance,
      evidence: () => ({
        ...measured.evidence(),
        reconciliation: id,
        label,
        within_minutes: within,
        tolerance,
        right_events: right[day.slot] ?? 0,
      }),
    }),
  );
}

/** Where a gap in one side's own measure makes the other side look unmatched. */
const MEASURE_OF: Readonly<Partial<Record<string, Measure>>> = {
  pageview: 'pageviews',
  action: 'actions',
  dropoff: 'dropoffs',
  error: 'errors',
  ticket: 'tickets',
  request: 'requests',
};

/** A page has one unmatched rate a day: that of the reconciliation it fails worst; the first declared of equals. */
function worstOfEach(measurements: readonly Measurement[]): Measurement[] {
  const worst = new Map<string, Measurement>();
  for (const measured of measurements) {
    const known = worst.get(measured.entity_key);
    if (!known || isWorse(measured, known)) worst.set(measured.entity_key, measured);
  }
  return [...worst.values()];
}

function isWorse(one: Measurement, other: Measurement): boolean {
  if (one.substantial !== other.substantial) return one.substantial;
  return (one.p_value ?? 1) < (other.p_value ?? 1);
}
