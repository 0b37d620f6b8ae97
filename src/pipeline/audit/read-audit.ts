import type { AuditRequest } from '../../core/audit/audit-request.ts';
import { parametersHash } from '../../core/audit/parameters-hash.ts';
import type { AuditEntry, Role } from '../../core/records.ts';
import { SeepassError } from '../../errors.ts';
import type { Stores } from '../ports.ts';
import type { AuditFilter } from './audit-chain.ts';

export interface AuditReader {
  actor: string;
  roles: readonly Role[];
  channel: string | null;
}

/**
 * One page of the audit, latest first, for admins; who reads it, or tries to, is audited as well.
 * @returns the entries, and where the next page begins; null at the end.
 * @throws SeepassError `forbidden` for everybody else.
 */
export async function readAudit(
  { audit }: Pick<Stores, 'audit'>,
  { request, before, limit }: { request: AuditRequest; before: AuditFilter['before']; limit: number },
  { reader, sha256 }: { reader: AuditReader; sha256: (text: string) => string },
): Promise<{ entries: AuditEntry[]; next: AuditFilter['before'] }> {
  const { actor, about, since } = request;
  const isAdmin = reader.roles.includes('admin');
  const asked = { actor, about: about === null ? null : [...about], since };
  await audit.append({
    actor: reader.actor,
    actor_role: reader.roles.at(-1) ?? 'viewer',
    action: 'audit.view',
    subject_type: 'audit',
    subject_id: '-',
    channel: reader.channel,
    outcome: isAdmin ? 'shown' : 'forbidden',
    details: parametersHash(asked, sha256),
  });
  if (!isAdmin) throw new SeepassError('forbidden', 'Only admins read the audit.', { fix: 'Ask an admin of Seepass.' });
  const found = await audit.find({ actor, about, since, before }, limit + 1);
  const entries = found.slice(0, limit);
  const last = found.length > limit ? entries.at(-1) : undefined;
  return { entries, next: last === undefined ? null : { at: last.at, id: last.id } };
}
