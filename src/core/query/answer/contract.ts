import type { JsonObject } from '../../records.ts';
import type { Answer } from '../answer-body.ts';
import type { MetricQuery } from '../metric-query.ts';
import type { Intent, Reason } from '../reading.ts';

/** What `seepass ask` prints; public, see the README. */
export interface ContractAnswer {
  intent: Intent;
  query: MetricQuery | null;
  rows: readonly JsonObject[];
  facts: readonly { id: string; label: string; value: number | string; unit: string }[];
  text: string;
  receipt: string | null;
  reason: Reason | null;
}

export const contractAnswer = ({ reading, body, text, receipt }: Answer): ContractAnswer => ({
  intent: reading.intent,
  query: reading.query,
  rows: body.rows,
  facts: body.facts.map(({ id, label, value, unit }) => ({ id, label, value, unit })),
  text,
  receipt,
  reason: reading.reason,
});
