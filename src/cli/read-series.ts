import { readSeriesRow, type SeriesRow, TIME_COLUMNS } from '../core/detect/series/row.ts';
import { countOf } from '../core/facts/render.ts';
import { SeepassError } from '../errors.ts';
import type { InputBytes } from './input-bytes.ts';
import { readRecords } from './read-records.ts';

export interface Series {
  /** In the order of time; rows of one time in the order of the file. At least one. */
  rows: SeriesRow[];
  /** What was wrong with the input, a line each. */
  notes: string[];
}

/** Reads a whole series. @throws SeepassError `bad_input` when no row of it can be used. */
export async function readSeries(input: InputBytes, zone: string): Promise<Series> {
  const { records } = await readRecords(input, TIME_COLUMNS);
  const rows: SeriesRow[] = [];
  let skipped = 0;
  let first = '';
  const skip = (line: number, reason: string): void => {
    if (skipped++ === 0) first = `line ${line}: ${reason}`;
  };
  for await (const group of records) {
    for (const record of group) {
      if (record.reason !== undefined) {
        skip(record.line, record.reason);
        continue;
      }
      const row = readSeriesRow(record.value, zone);
      if ('reason' in row) skip(record.line, row.reason);
      else rows.push(row);
    }
  }
  if (rows.length === 0) {
    const why = skipped === 0 ? 'It has a header and no rows.' : `First reason, ${first}.`;
    throw new SeepassError('bad_input', `Nothing in ${input.name} can be judged.`, {
      fix: `${why} A series has the columns timestamp,value or timestamp,count,total.`,
    });
  }
  const notes = skipped === 0 ? [] : [`${countOf(skipped, 'row')} skipped; ${first}.`];
  return { rows: ordered(rows, notes), notes };
}

function ordered(rows: SeriesRow[], notes: string[]): SeriesRow[] {
  const late = rows.filter(({ point }, index) => point.at < (rows[index - 1]?.point.at ?? point.at)).length;
  if (late > 0) notes.push(`${countOf(late, 'row')} out of order: sorted by time.`);
  const sorted = late > 0 ? rows.toSorted((a, b) => a.point.at - b.point.at) : rows;
  const repeated = sorted.filter(({ point }, index) => point.at === sorted[index - 1]?.point.at).length;
  if (repeated > 0) notes.push(`${countOf(repeated, 'row')} of the time of another row: each is judged as one more.`);
  return sorted;
}
