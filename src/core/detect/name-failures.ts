/** What most failed requests of a flagged page are: a status by itself says who refused, an endpoint where. */
import type { Finding } from '../records.ts';

/** Failed requests of a page on the judged day, by endpoint and status. */
export interface FailureCount {
  surface: string;
  /** Null where the log names none. */
  endpoint: string | null;
  status: number;
  count: number;
}

const NAMED = 3;

/** Pages whose failed requests a finding is about. */
export function pagesThatFail(findings: readonly Finding[]): string[] {
  return findings.filter(isStorm).map(({ entity_key }) => entity_key);
}

/** Adds `failing` to the evidence of failure storms: the largest endpoints and statuses, each with its share. */
export function nameFailures(findings: readonly Finding[], counts: readonly FailureCount[]): Finding[] {
  return findings.map((finding) => {
    const own = isStorm(finding) ? counts.filter(({ surface }) => surface === finding.entity_key) : [];
    if (own.length === 0) return finding;
    const total = own.reduce((sum, { count }) => sum + count, 0);
    const failing = own
      .toSorted((a, b) => b.count - a.count || nameOf(a).localeCompare(nameOf(b), 'en'))
      .slice(0, NAMED)
      .map(({ endpoint, status, count }) => ({ endpoint, status, count, share: count / total }));
    return { ...finding, evidence: { ...finding.evidence, failing } };
  });
}

const isStorm = ({ rule }: Finding): boolean => rule === 'failure-storm';
const nameOf = ({ endpoint, status }: FailureCount): string => `${endpoint ?? ''} ${status}`;
