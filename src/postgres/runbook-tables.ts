import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Media } from '../core/runbook/document.ts';

type Timestamp = ColumnType<Date, Date | string, Date | string>;

/** Tables of runbooks. A `words` is PostgreSQL's tsvector: written and matched in SQL, never read. */
export interface RunbookTables {
  runbooks: {
    workspace_id: string;
    id: string;
    number: Generated<number>;
    key: string;
    title: string;
    version: number;
    owner: string | null;
    url: string | null;
    /** `YYYY-MM-DD`. */
    review_by: string | null;
    reviewed: string | null;
    channels: string[];
    groups: string[];
  };
  runbook_versions: {
    workspace_id: string;
    runbook_id: string;
    version: number;
    file_name: string;
    media: Media;
    content_hash: string;
    bytes: number;
    pages: number | null;
    added_by: string;
    added_at: Timestamp;
  };
  runbook_sections: {
    workspace_id: string;
    id: string;
    runbook_id: string;
    place: number;
    headings: JSONColumnType<string[], string, string>;
    anchor: string;
    page: number | null;
    body: string;
    words: ColumnType<never, string, string>;
    /** Of length 1; empty where the provider refused the text, null where it was not asked yet. Read in SQL alone. */
    embedding: ColumnType<never, never, number[]>;
    embedding_model: ColumnType<string | null, never, string>;
  };
  runbook_gaps: {
    workspace_id: string;
    id: string;
    about: string;
    asked_at: Timestamp;
  };
}
