import { baselineSlots } from '../baseline.ts';
import { SIGNATURE_COUNT } from '../rate-metrics.ts';
import { measureRates } from '../rate-test.ts';
import type { DayContext, MeasuringRule } from '../rule.ts';

/** A known error signature occurs more often, over all surfaces, than the day's views and requests explain. */
export const signatureSpike: MeasuringRule = {
  kind: 'measure',
  id: 'signature-spike',
  summary: 'A known error signature is more frequent than normal over all surfaces.',
  entityTypes: ['error_signature'],
  profiles: ['default'],
  measure: (day) => {
    const slots = baselineSlots(day.slot, 1, day.settings.baselineDays, day.history.hasData);
    const exposure = productExposure(day);
    return measureRates(day, SIGNATURE_COUNT, {
      entity_type: 'error_signature',
      perDay: true,
      usable: day.usable('errors', 'pageviews', 'requests'),
      series: day.history.signatures
        .filter(({ errors }) => (errors[day.slot] ?? 0) > 0 && slots.some((slot) => (errors[slot] ?? 0) > 0))
        .map(({ signature, errors }) => ({ key: signature, counts: errors, exposure })),
    });
  },
};

/** Views and requests of the whole product, by slot. */
function productExposure({ history }: DayContext): Float64Array {
  const { pageviews, requests } = history.totals;
  return pageviews.map((views, slot) => Math.max(1, views + (requests[slot] ?? 0)));
}
