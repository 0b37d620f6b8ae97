import { plainFinding, type RelatingRule } from '../rule.ts';
import { ERROR_METRICS } from './co-occurrence.ts';

/**
 * Errors flagged yesterday, drop-offs today: seed 000's third rule, told on the second day because no verdict may use
 * a later one. The default profile demands besides that drop-offs were still normal yesterday: what began together
 * is co-occurrence.
 */
export const lag: RelatingRule = {
  kind: 'relate',
  id: 'lag',
  summary: 'Errors were up the day before drop-offs were.',
  entityTypes: ['surface'],
  profiles: ['seed', 'default'],
  relate: (day) =>
    day.findings.flatMap((finding) => {
      if (finding.entity_type !== 'surface' || finding.metric !== 'dropoff_rate' || finding.direction !== 'up')
        return [];
      const before = (metric: string): boolean => day.flaggedYesterday('surface', finding.entity_key, metric);
      const leader = ERROR_METRICS.find(before);
      if (!leader || (day.profile === 'default' && before('dropoff_rate'))) return [];
      return plainFinding(day, 'lag', finding, 'dropoff_rate', {
        leader,
        lag_days: 1,
        dropoffs_delta_pct: finding.delta_pct,
      });
    }),
};
