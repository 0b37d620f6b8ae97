import { type AuditClass, keptSince } from '../../core/audit/audit-class.ts';
import type { Log, Stores } from '../ports.ts';
import { readWorkspaceConfig } from '../workspace-config.ts';

/** About what a transaction seals in a tenth of a second. */
const BATCH = 2_000;
const DROPPING: readonly AuditClass[] = ['questions', 'access', 'changes'];

/**
 * Seals every entry that is committed by now. Safe to run anywhere and at once: sealers take turns.
 * @returns how many segments and entries were sealed.
 */
export async function sealAudit(
  { auditChain }: Pick<Stores, 'auditChain'>,
  log: Log,
): Promise<{ segments: number; entries: number }> {
  const sealed = { segments: 0, entries: 0 };
  for (;;) {
    const segments = await auditChain.seal(BATCH);
    const last = segments.at(-1);
    if (last === undefined) return sealed;
    sealed.segments += segments.length;
    sealed.entries += segments.reduce((sum, { count }) => sum + count, 0);
    // In the log it is out of reach of whoever can write the database.
    log.info({ segment: last.number, hash: last.hash }, 'audit sealed');
  }
}

/** Drops the segments that are past what the workspace keeps of their class. @param asOf epoch milliseconds. */
export async function dropOldAudit(
  stores: Pick<Stores, 'auditChain' | 'settings'>,
  asOf: number,
  log: Log,
): Promise<{ segments: number; entries: number }> {
  const { audit } = await readWorkspaceConfig(stores.settings);
  const dropped = { segments: 0, entries: 0 };
  for (const kind of DROPPING) {
    const until = keptSince(kind, audit.keep_days, asOf);
    if (until === null) continue;
    for (;;) {
      const { segments, entries } = await stores.auditChain.drop({ class: kind, until });
      if (segments === 0) break;
      dropped.segments += segments;
      dropped.entries += entries;
      log.info({ class: kind, segments, entries }, 'audit entries past their time are dropped');
    }
  }
  return dropped;
}
