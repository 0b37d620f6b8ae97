import type { ColumnType, JSONColumnType } from 'kysely';
import type { Audience } from '../core/policy/audience.ts';
import type { MetricQuery } from '../core/query/metric-query.ts';
import type { MetricResult } from '../core/query/metric-result.ts';
import type { Reading } from '../core/query/reading.ts';
import type { JsonObject } from '../core/records.ts';
import type { ModelUsage } from '../pipeline/answers.ts';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type JsonbNullable<T extends object> = ColumnType<T | null, string | null, string | null>;

/** Tables about questions and answers. */
export interface AnswerTables {
  answer_receipts: {
    workspace_id: string;
    id: string;
    asked_at: Timestamp;
    as_of: Timestamp;
    asker: string | null;
    channel: string | null;
    audience: Audience;
    question: string;
    reading: JSONColumnType<Reading, string, string>;
    query: JsonbNullable<MetricQuery>;
    metric_version: number | null;
    watermark: ColumnType<Date | null, Date | null, Date | null>;
    result_hash: string | null;
    total: JsonbNullable<MetricResult['total']>;
    served_by: MetricResult['served_by'] | null;
    written_by: 'template' | 'model';
    usage: JSONColumnType<ModelUsage[], string, string>;
  };
  answer_threads: {
    workspace_id: string;
    channel: string;
    thread: string;
    turn: number;
    context: JSONColumnType<JsonObject, string, string>;
    expires_at: Timestamp;
  };
  /** `date` is the workspace's. */
  model_days: {
    workspace_id: string;
    date: ColumnType<string, string, never>;
    microdollars: ColumnType<string, number, number>;
  };
  metric_gaps: { workspace_id: string; id: string; name: string; asker: string | null; asked_at: Timestamp };
}
