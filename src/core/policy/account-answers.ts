/**
 * Answers about single accounts. Rows by account, and counts of people within one account, take the analyst role and
 * a room that not everybody reads; both the asker's rights and the audience have to allow it. One figure about an
 * account as a whole (its errors, its revenue) and counts of accounts are everybody's.
 */
import type { Metric } from '../catalogue/define.ts';
import { countsPeople } from '../query/answer/figure-words.ts';
import type { MetricQuery } from '../query/metric-query.ts';
import type { Role } from '../records.ts';
import type { Audience } from './audience.ts';

export function isAboutAccounts({ group_by, filters }: MetricQuery, metric: Metric): boolean {
  return group_by.includes('account') || (filters.account !== undefined && countsPeople(metric));
}

/** Why an answer about accounts may not be given here; null where it may. Roles as `effectiveRoles` has them. */
export function accountsForbidden(roles: readonly Role[], audience: Audience): 'role' | 'audience' | null {
  if (!roles.includes('analyst') && !roles.includes('admin')) return 'role';
  return audience === 'public_channel' ? 'audience' : null;
}
