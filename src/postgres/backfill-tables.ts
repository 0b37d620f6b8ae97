import type { ColumnType } from 'kysely';
import type { JsonObject, Source } from '../core/records.ts';

type Timestamp = ColumnType<Date, Date, Date>;

export interface BackfillTables {
  backfills: {
    workspace_id: string;
    source: Source;
    since: Timestamp;
    until: Timestamp;
    state: 'running' | 'done';
    cursor: ColumnType<JsonObject | null, string | null, string | null>;
    step: number;
    /** bigint, read as a number: see the type parsers. */
    stored: number;
    begun_at: Timestamp;
    moved_at: Timestamp;
  };
}
