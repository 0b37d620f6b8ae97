import { parseEvent } from '../core/event.ts';
import type { EventSource } from '../core/sources.ts';

/** Seepass's own event format (see the contract): JSON as it is, CSV by its column names. */
export const eventsSource: EventSource = {
  kind: 'events',
  name: 'events',
  summary: "Seepass's own events: ts, source, type, account, user, surface, severity, value, id, meta",
  parse: (record, limits, fromCsv) => {
    if (!fromCsv) return parseEvent(record, limits);
    const row = eventFromCsv(record);
    return typeof row === 'string' ? { reason: row } : parseEvent(row, limits);
  },
};

const numberColumns = new Set(['severity', 'value']);

/** An event out of a row of texts: empty is absent, `meta` is JSON, `meta.x` columns are its members. */
function eventFromCsv(record: unknown): object | string {
  if (typeof record !== 'object' || record === null) return 'the row has no columns';
  const event: Record<string, unknown> = {};
  const members: Record<string, unknown> = {};
  let meta: unknown;
  for (const [column, text] of Object.entries(record)) {
    if (typeof text !== 'string' || text.trim() === '') continue;
    if (column === 'ts') event.ts = /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : text.trim();
    else if (numberColumns.has(column)) event[column] = numberOf(text);
    else if (column === 'meta') {
      meta = jsonOf(text);
      if (typeof meta !== 'object' || meta === null || Array.isArray(meta))
        return 'meta is not a JSON object such as {"release":"web@1.42.0"}';
    } else if (column.startsWith('meta.')) members[column.slice(5)] = memberOf(column, text);
    else event[column] = text.trim();
  }
  event.meta = { ...(typeof meta === 'object' ? meta : {}), ...members };
  return event;
}

/** Texts that are no number stay texts, so that the event's own check can name the field. */
function numberOf(text: string): unknown {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : text;
}

function memberOf(column: string, text: string): unknown {
  if (column === 'meta.success') return /^(true|1|yes)$/i.test(text.trim());
  return column === 'meta.status' ? numberOf(text) : text;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
