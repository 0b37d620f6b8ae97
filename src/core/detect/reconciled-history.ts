/** Reconciliations by day: how many left events there were on each page, and how many stayed without a right one. */
import type { Reconciled, Reconciliation } from '../reconciliation.ts';

export interface ReconciliationHistory {
  reconciliation: Reconciliation;
  /** Right events by slot, on all pages together. */
  right: Float64Array;
  /** By page, sorted. */
  surfaces: { surface: string; left: Float64Array; unmatched: Float64Array }[];
}

/** @param slotOf may lie outside of `days`: such rows are left out. */
export function layOutReconciliations(
  reconciled: readonly Reconciled[],
  days: number,
  slotOf: (date: string) => number,
): ReconciliationHistory[] {
  const inside = (slot: number): boolean => slot >= 0 && slot < days;
  return reconciled.map(({ reconciliation, days: rows, right: counts }) => {
    const right = new Float64Array(days);
    for (const { date, count } of counts) if (inside(slotOf(date))) right[slotOf(date)] = count;
    const bySurface = new Map<string, { surface: string; left: Float64Array; unmatched: Float64Array }>();
    for (const row of rows) {
      const slot = slotOf(row.date);
      if (!inside(slot)) continue;
      const known = bySurface.get(row.surface) ?? {
        surface: row.surface,
        left: new Float64Array(days),
        unmatched: new Float64Array(days),
      };
      known.left[slot] = row.left;
      known.unmatched[slot] = row.unmatched;
      bySurface.set(row.surface, known);
    }
    const surfaces = [...bySurface.values()].sort((a, b) => (a.surface < b.surface ? -1 : 1));
    return { reconciliation, right, surfaces };
  });
}
