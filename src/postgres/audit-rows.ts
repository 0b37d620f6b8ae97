/** Entries and segments of the audit, between their tables and their records. */
import type { Selectable } from 'kysely';
import type { SealedEntry, Segment } from '../core/audit/chain.ts';
import type { AuditEntry } from '../core/records.ts';
import type { Database } from './tables.ts';

export type AuditRow = Selectable<Database['audit_entries']>;

/** What every entry has, sealed or not. */
export const ENTRY_COLUMNS = [
  'id',
  'at',
  'actor',
  'actor_role',
  'action',
  'subject_type',
  'subject_id',
  'channel',
  'outcome',
  'details',
] as const;

export const toAuditEntry = ({ at, ...row }: Pick<AuditRow, (typeof ENTRY_COLUMNS)[number]>): AuditEntry => ({
  ...row,
  at: at.getTime(),
});

export function toSealedEntry(row: Omit<AuditRow, 'workspace_id'>): SealedEntry {
  const { segment, sequence, hash, ...entry } = row;
  if (segment === null || sequence === null || hash === null)
    throw new TypeError('The database returned an entry that is not sealed among those that are.');
  return { ...toAuditEntry(entry), segment, sequence, hash };
}

export function toSegment(row: Selectable<Database['audit_segments']>): Segment {
  const { number, class: kind, first, count, previous, head, hash } = row;
  const [firstAt, lastAt, sealedAt] = [row.first_at.getTime(), row.last_at.getTime(), row.sealed_at.getTime()];
  return {
    number,
    class: kind,
    first,
    count,
    firstAt,
    lastAt,
    sealedAt,
    previous,
    head,
    hash,
    droppedBy: row.dropped_by,
  };
}

export function toSegmentRow(workspace: string, segment: Segment) {
  const { number, class: kind, first, count, firstAt, lastAt, sealedAt, previous, head, hash } = segment;
  const times = { first_at: new Date(firstAt), last_at: new Date(lastAt), sealed_at: new Date(sealedAt) };
  return { workspace_id: workspace, number, class: kind, first, count, ...times, previous, head, hash };
}
