import type { InputRecord } from '../pipeline/ingest.ts';
import { detectFormat, type InputFormat } from './detect-format.ts';
import { emptyInput, type InputBytes } from './input-bytes.ts';
import { readCsv } from './read-csv.ts';
import { readDocument } from './read-document.ts';
import { readJsonArray } from './read-json-array.ts';
import { readLines } from './read-lines.ts';

/** Enough to see a header or the first records. */
const HEAD = 4_096;

export interface RecordReader {
  readonly format: InputFormat;
  readonly records: AsyncIterable<readonly InputRecord[]>;
}

/**
 * Reads the records of an input in constant memory: JSONL, one JSON array, or CSV with a header; one JSON value that
 * spans lines is held whole. Bytes that
 * are not UTF-8 become U+FFFD; a byte order mark and carriage returns do not matter.
 * @param plainLines true where a line that is no JSON is a record all the same: its text.
 * @throws SeepassError `bad_input` when it is empty, or none of these, or breaks off.
 */
export async function readRecords(
  input: InputBytes,
  columns: readonly string[],
  plainLines = false,
): Promise<RecordReader> {
  const iterator = decoded(input.chunks())[Symbol.asyncIterator]();
  let head = '';
  let blankLines = 0;
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    const text = head + next.value;
    head = text.trimStart();
    blankLines += text.slice(0, text.length - head.length).split('\n').length - 1;
    if (head.length >= HEAD) break;
  }
  if (head.trim() === '') throw emptyInput(input.name);
  const format = detectFormat(head, columns, input.name, plainLines);
  const text = rejoined(head, iterator);
  if (format.kind === 'jsonl') return { format, records: readLines(text, blankLines + 1, plainLines) };
  if (format.kind === 'document') return { format, records: readDocument(text, blankLines + 1) };
  return {
    format,
    records: format.kind === 'array' ? readJsonArray(text, input.name) : readCsv(text, format.delimiter),
  };
}

/** Bytes as text; what is not UTF-8 becomes U+FFFD. */
export async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

async function* rejoined(head: string, rest: AsyncIterator<string>): AsyncIterable<string> {
  try {
    yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
