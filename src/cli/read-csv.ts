import { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import type { InputRecord } from '../pipeline/ingest.ts';
import { withoutLongRows } from './whole-rows.ts';

/** Bytes of the file a group spans, so that long rows need no more memory than short ones. */
const GROUP = 256_000;

/** The rows of a CSV text with a header, as texts by column name, in groups; `line` is where a row ends. */
export async function* readCsv(chunks: AsyncIterable<string>, delimiter: string): AsyncIterable<InputRecord[]> {
  let group: InputRecord[] = [];
  let groupStart = 0;
  const parser = parse({
    delimiter,
    bom: true,
    columns: (header: string[]) => header.map((name) => name.trim()),
    info: true,
    skip_empty_lines: true,
    // Rows of the wrong length come out in their place, with their fault; only broken quotes are skipped.
    relax_column_count: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      group.push({ line: lineOf(error), reason: csvFault(error) });
    },
  });
  const refuse = (line: number): void => {
    group.push({ line, reason: 'the row is longer than 1 MB: close its quotes, or split it' });
  };
  const text = Readable.from(withoutLongRows(chunks, refuse));
  text.once('error', (error) => parser.destroy(error));
  text.pipe(parser);
  try {
    for await (const { record, info } of parser) {
      const fault: CsvError | undefined = info.error;
      group.push(
        fault === undefined ? { line: info.lines, value: record } : { line: info.lines, reason: csvFault(fault) },
      );
      if (info.bytes - groupStart >= GROUP) {
        yield group;
        group = [];
        groupStart = info.bytes;
      }
    }
  } finally {
    text.destroy();
  }
  if (group.length > 0) yield group;
}

function lineOf(error: CsvError | undefined): number {
  const lines: unknown = error?.lines;
  return typeof lines === 'number' ? lines : 0;
}

function csvFault(error: CsvError | undefined): string {
  switch (error?.code) {
    case 'CSV_RECORD_INCONSISTENT_COLUMNS':
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH':
      return 'the row has more or fewer columns than the header: quote texts that hold the separator';
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quote is opened and never closed: close it, and double quotes inside of texts';
    default:
      return 'the row is not valid CSV: quote texts that hold quotes, and double the quotes inside';
  }
}
