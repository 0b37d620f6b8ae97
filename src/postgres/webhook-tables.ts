import type { ColumnType, Generated } from 'kysely';
import type { DeliveryOutcome } from '../pipeline/deliveries.ts';

type Timestamp = ColumnType<Date, Date | string, Date | string>;

/** Tables of what tools send. */
export interface WebhookTables {
  webhook_deliveries: {
    workspace_id: string;
    id: string;
    source: string;
    kind: 'sent' | 'fetch';
    key: string;
    state: Generated<'waiting' | 'parsed' | 'dead'>;
    received_at: Timestamp;
    /** Of the body, before it is dropped. */
    bytes: number;
    sealed_with: string;
    body: Buffer | null;
    attempts: Generated<number>;
    /** Also until when whoever claimed it has it. */
    next_attempt_at: Timestamp;
    last_error: string | null;
    events: number | null;
    settled_at: Timestamp | null;
  };
  delivery_counts: {
    workspace_id: string;
    /** `YYYY-MM-DD`. */
    date: string;
    source: string;
    outcome: DeliveryOutcome;
    detail: string;
    n: number;
  };
}
