/** How far a proposal is from being approved. */
import type { Requirement } from '../policy/approval-policy.ts';
import type { Risk } from '../records.ts';
import type { Approval, Proposal } from './proposal.ts';

export interface Standing extends Requirement {
  /** Approvals of this version by people who may still approve it, oldest first. */
  counted: Approval[];
  /** How many more it needs. */
  missing: number;
}

/** Counts the approvals of this version by those who may still give one. */
export function standingOf(
  { approvals, version }: Pick<Proposal, 'approvals' | 'version'>,
  needs: Requirement,
): Standing {
  const counted = approvals.filter((approval) => approval.version === version && needs.from.has(approval.user));
  return { ...needs, counted, missing: Math.max(0, needs.approvals - counted.length) };
}

const RISKS: readonly Risk[] = ['low', 'medium', 'high'];

/** A proposal may be riskier than its type, never less. */
export const higherRisk = (one: Risk, other: Risk): Risk =>
  RISKS[Math.max(RISKS.indexOf(one), RISKS.indexOf(other))] ?? 'high';
