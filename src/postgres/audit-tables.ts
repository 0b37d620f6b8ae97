import type { ColumnType, JSONColumnType } from 'kysely';
import type { AuditClass } from '../core/audit/audit-class.ts';
import type { JsonObject, Role } from '../core/records.ts';

/** The audit and its chain. Numbers, hashes and segments are null until an entry is sealed. */
export interface AuditTables {
  audit_entries: {
    workspace_id: string;
    id: string;
    at: ColumnType<Date, Date, never>;
    actor: string;
    actor_role: Role | 'system';
    action: string;
    subject_type: string;
    subject_id: string;
    channel: string | null;
    outcome: string;
    details: JSONColumnType<JsonObject, string, never>;
    segment: ColumnType<number | null, never, number>;
    sequence: ColumnType<number | null, never, number>;
    hash: ColumnType<string | null, never, string>;
  };
  audit_segments: {
    workspace_id: string;
    number: number;
    class: AuditClass;
    first: number;
    count: number;
    first_at: Date;
    last_at: Date;
    sealed_at: Date;
    previous: string;
    head: string;
    hash: string;
    dropped_by: ColumnType<string | null, never, string>;
  };
}
