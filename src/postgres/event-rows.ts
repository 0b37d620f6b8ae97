import type { StorableEvent } from '../core/records.ts';

/** An event on its way into the table: how often its content was seen before, and how often this batch holds it. */
export interface StagedEvent {
  readonly event: StorableEvent;
  /** 0 for the first of identical events without an id; always 0 for events with one. */
  readonly occurrence: number;
  /** How many of this batch share the content; 0 for events with an id. */
  readonly repeats: number;
}

interface Column {
  readonly name: string;
  readonly type: string;
  /** True for text of any kind; the others never hold a character that needs escaping. */
  readonly free: boolean;
  /** The value's text form as PostgreSQL reads it; null is NULL. */
  text(row: StagedEvent): string | null;
}

const number = (value: number | null): string | null => (value === null ? null : String(value));

const plain = (name: string, type: string, text: (row: StagedEvent) => string | null): Column => ({
  name,
  type,
  free: false,
  text,
});
const free = (name: string, type: string, text: (event: StorableEvent) => string | null): Column => ({
  name,
  type,
  free: true,
  text: (row) => text(row.event),
});

const MINUTE = 60_000;
let minute = Number.NaN;
let minuteText = '';

/** As Date.toISOString writes it; the minute is kept, as the events of a file mostly follow each other. */
function instantText(epochMs: number): string {
  const start = Math.floor(epochMs / MINUTE) * MINUTE;
  if (start !== minute) {
    minute = start;
    minuteText = new Date(start).toISOString().slice(0, 17);
  }
  const rest = String(100_000 + Math.floor(epochMs) - start);
  return `${minuteText}${rest.slice(1, 3)}.${rest.slice(3)}Z`;
}

/** Columns of the staging table beside those of `events`; the order is that of every staged row. */
export const STAGED_COLUMNS: readonly Column[] = [
  plain('event_key', 'uuid', (row) => row.event.event_key),
  plain('occurrence', 'integer', (row) => String(row.occurrence)),
  plain('repeats', 'integer', (row) => String(row.repeats)),
  free('source_id', 'text', (event) => event.source_id),
  plain('ts', 'timestamptz', (row) => instantText(row.event.ts)),
  plain('source', 'text', (row) => row.event.source),
  plain('type', 'text', (row) => row.event.type),
  free('account', 'text', (event) => event.account),
  plain('user', 'text', (row) => row.event.user),
  plain('key_id', 'text', (row) => row.event.key_id),
  free('surface', 'text', (event) => event.surface),
  plain('severity', 'smallint', (row) => number(row.event.severity)),
  plain('value', 'double precision', (row) => number(row.event.value)),
  plain('amount_minor', 'bigint', (row) => number(row.event.amount_minor)),
  free('error_signature', 'text', (event) => event.error_signature),
  free('ticket_topic', 'text', (event) => event.ticket_topic),
  free('release', 'text', (event) => event.release),
  free('env', 'text', (event) => event.env),
  plain('status', 'smallint', (row) => number(row.event.status)),
  free('endpoint', 'text', (event) => event.endpoint),
  free('order_id', 'text', (event) => event.order_id),
  plain('normaliser_version', 'smallint', (row) => String(row.event.normaliser_version)),
  free('meta', 'jsonb', (event) => JSON.stringify(event.meta)),
];

/** Rows of one piece: its strings are gone before the next is made. */
const PIECE = 250;

/** The rows in COPY's text format, in pieces. */
export function* copyTexts(rows: readonly StagedEvent[]): Iterable<string> {
  for (let start = 0; start < rows.length; start += PIECE) yield copyText(rows.slice(start, start + PIECE));
}

/** The rows in COPY's text format. */
export function copyText(rows: readonly StagedEvent[]): string {
  let text = '';
  for (const row of rows) {
    let separator = '';
    for (const column of STAGED_COLUMNS) {
      const value = column.text(row);
      text += separator;
      text += value === null ? '\\N' : column.free ? copyEscaped(value) : value;
      separator = '\t';
    }
    text += '\n';
  }
  return text;
}

const copySpecial = /[\\\n\r\t]/;

function copyEscaped(value: string): string {
  if (!copySpecial.test(value)) return value;
  return value.replace(/[\\\n\r\t]/g, (character) =>
    character === '\n' ? '\\n' : character === '\r' ? '\\r' : character === '\t' ? '\\t' : '\\\\',
  );
}
