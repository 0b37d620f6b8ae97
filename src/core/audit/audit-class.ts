/** How long what is kept: a segment of the chain holds entries of one class, so that it can be dropped whole. */

/**
 * `questions`: what was asked and typed. `access`: who saw account-level data, exports or the audit itself. `changes`:
 * transitions, approvals, executions, settings, roles and everything else. `drops`: what retention removed; kept for good.
 */
export const AUDIT_CLASSES = ['questions', 'access', 'changes', 'drops'] as const;
export type AuditClass = (typeof AUDIT_CLASSES)[number];

/** Days by class; `drops` has none, for without them a gap could not be told from tampering. */
export type KeepDays = Readonly<Record<Exclude<AuditClass, 'drops'>, number>>;

export const DEFAULT_KEEP_DAYS: KeepDays = { questions: 90, access: 730, changes: 730 };
/** Held by the database too: nothing younger can be dropped, whatever a setting says. */
export const KEEP_AT_LEAST_DAYS = 30;
export const KEEP_AT_MOST_DAYS = 3_650;

const DAY_MS = 86_400_000;

/** The newest moment that is not kept any more, epoch milliseconds; null where all of the class is kept. */
export function keptSince(kind: AuditClass, keep: KeepDays, asOf: number): number | null {
  if (kind === 'drops') return null;
  return asOf - Math.max(keep[kind], KEEP_AT_LEAST_DAYS) * DAY_MS;
}
