import type { EventLimits } from '../../core/event.ts';
import { isFields } from '../payload/fields.ts';
import { ignoredPart, type PayloadPart } from '../payload/parts.ts';
import { readAccessLine } from './access-line.ts';
import { isOtlp, recordsOfOtlp } from './otlp.ts';
import { readRecord } from './record.ts';

/** One value of a log: an access-log line, a JSON record, or an export of many in OTLP/JSON. */
export function readLogValue(value: unknown, limits: EventLimits): PayloadPart[] {
  if (typeof value === 'string') {
    const record = readAccessLine(value);
    return [record === null ? { reason: UNREADABLE } : readRecord(record, limits)];
  }
  if (!isFields(value)) return [{ reason: UNREADABLE }];
  if (!isOtlp(value)) return [readRecord(value, limits)];
  const records = recordsOfOtlp(value);
  return records.length === 0 ? [ignoredPart('empty export')] : records.map((record) => readRecord(record, limits));
}

const UNREADABLE = 'the line is neither JSON nor a combined access log: send one record a line';
