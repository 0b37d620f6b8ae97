import { baselineSlots } from '../baseline.ts';
import type { SurfaceHistory } from '../history.ts';
import { SIGNATURE_COUNT } from '../rate-metrics.ts';
import { measureRates } from '../rate-test.ts';
import type { DayContext, MeasuringRule } from '../rule.ts';

/** A known error signature occurs more often, over all surfaces, than their views and requests explain. */
export const signatureSpike: MeasuringRule = {
  kind: 'measure',
  id: 'signature-spike',
  summary: 'A known error signature is more frequent than normal over all surfaces.',
  entityTypes: ['error_signature'],
  profiles: ['default'],
  measure: (day) => {
    const slots = baselineSlots(day.slot, 1, day.settings.baselineDays, day.history.hasData);
    const surfaces = new Map(day.history.surfaces.map((history) => [history.surface, history]));
    return measureRates(day, SIGNATURE_COUNT, {
      entity_type: 'error_signature',
      perDay: true,
      usable: day.usable('errors', 'pageviews', 'requests'),
      series: day.history.signatures
        .filter(({ errors }) => canMatter(day, errors) && slots.some((slot) => (errors[slot] ?? 0) > 0))
        .map(({ signature, errors, bySurface }) => ({
          key: signature,
          counts: errors,
          exposure: usualErrors(bySurface, surfaces, slots, day),
        })),
    });
  },
};

/** Seen today, and in the longest window as often as a flag demands: most signatures never are, and need no test. */
function canMatter({ slot, settings }: DayContext, errors: Float64Array): boolean {
  if ((errors[slot] ?? 0) <= 0) return false;
  let count = 0;
  for (let at = Math.max(0, slot - Math.max(...settings.windows) + 1); at <= slot; at++) count += errors[at] ?? 0;
  return count >= SIGNATURE_COUNT.minCount;
}

/**
 * What the surfaces that had the signature would have had of it at their usual rates: Σ rate × the surface's exposure.
 * The whole product's traffic would make every surge of one page a spike of that page's errors.
 */
function usualErrors(
  bySurface: ReadonlyMap<string, Float64Array>,
  surfaces: ReadonlyMap<string, SurfaceHistory>,
  slots: readonly number[],
  { slot, history }: DayContext,
): Float64Array {
  const usual = new Float64Array(history.days);
  const first = slots[0] ?? slot;
  for (const [surface, errors] of bySurface) {
    const measures = surfaces.get(surface)?.measures;
    let count = 0;
    let views = 0;
    let requests = 0;
    for (const at of slots) {
      count += errors[at] ?? 0;
      views += measures?.pageviews[at] ?? 0;
      requests += measures?.requests[at] ?? 0;
    }
    if (count === 0) continue;
    const exposure = views > 0 ? measures?.pageviews : measures?.requests;
    const exposed = views > 0 ? views : requests;
    // A job that nobody views or calls fails so often a day.
    for (let at = first; at <= slot; at++)
      usual[at] = (usual[at] ?? 0) + (exposed > 0 ? (count / exposed) * (exposure?.[at] ?? 0) : count / slots.length);
  }
  return usual;
}
