import type { Finding } from '../../records.ts';
import { plainFinding, type RelatingRule } from '../rule.ts';

/** Metrics that mean errors; the strongest one flagged stands for all. */
export const ERROR_METRICS = ['error_rate', 'failure_rate', 'errors'] as const;

const PARTNERS = ['dropoff_rate', 'ticket_rate'] as const;

/** Errors and drop-offs, or errors and tickets, flagged on the same surface the same day: seed 000's second rule. */
export const coOccurrence: RelatingRule = {
  kind: 'relate',
  id: 'co-occurrence',
  summary: 'Errors rose together with drop-offs or tickets on the same surface, the same day.',
  entityTypes: ['surface'],
  profiles: ['seed', 'default'],
  relate: (day) =>
    errorFindings(day.findings).flatMap((errors) =>
      PARTNERS.flatMap((metric) => {
        const partner = day
          .findingsOf(errors.entity_key)
          .find((finding) => finding.metric === metric && finding.direction === 'up');
        if (!partner) return [];
        return plainFinding(day, 'co-occurrence', errors, `${errors.metric}+${metric}`, {
          errors_delta_pct: errors.delta_pct,
          partner: metric,
          partner_delta_pct: partner.delta_pct,
        });
      }),
    ),
};

/** One finding a surface that says its errors are up, the most telling metric first. */
export function errorFindings(findings: readonly Finding[]): Finding[] {
  const bySurface = new Map<string, Finding>();
  for (const metric of [...ERROR_METRICS].reverse()) {
    for (const finding of findings) {
      if (finding.entity_type === 'surface' && finding.metric === metric && finding.direction === 'up')
        bySurface.set(finding.entity_key, finding);
    }
  }
  return [...bySurface.values()];
}
