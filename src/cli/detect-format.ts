import { SeepassError } from '../errors.ts';

export type InputFormat =
  | { kind: 'jsonl' }
  | { kind: 'document' }
  | { kind: 'array' }
  | { kind: 'csv'; delimiter: ',' | ';' | '\t' };

const DELIMITERS = [',', ';', '\t'] as const;

/**
 * Tells the format by the first kilobytes of the text, never by the file's name.
 * @param columns one of these must be in a CSV header; none where it cannot be CSV.
 * @param plainLines true where it may be text, a record a line.
 * @throws SeepassError `bad_input` for what is none of the formats.
 */
export function detectFormat(head: string, columns: readonly string[], name: string, plainLines = false): InputFormat {
  const lines = head.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  const first = lines[0]?.trim() ?? '';
  const linesOfObjects = lines.slice(0, 50).some((line) => line.trimStart().startsWith('{'));
  if (first === '{') return { kind: 'document' };
  if (first.startsWith('{')) return { kind: 'jsonl' };
  if (first.startsWith('['))
    return /^\[.*\]$/.test(first) && lines[1]?.startsWith('{') ? { kind: 'jsonl' } : { kind: 'array' };
  const [delimiter] = DELIMITERS.toSorted((a, b) => first.split(b).length - first.split(a).length);
  const header = first.split(delimiter ?? ',').map((cell) => cell.trim().replace(/^"|"$/g, '').toLowerCase());
  if (delimiter !== undefined && columns.some((column) => header.includes(column))) return { kind: 'csv', delimiter };
  if (linesOfObjects) return { kind: 'jsonl' };
  const packed = packedKind(head);
  if (packed === undefined && plainLines) return { kind: 'jsonl' };
  if (packed !== undefined)
    throw new SeepassError('bad_input', `${name} is ${packed}.`, {
      fix: 'Unpack or export it as JSONL, CSV or a JSON array in UTF-8.',
    });
  throw new SeepassError('bad_input', `${name} is neither JSONL, nor a JSON array, nor CSV with a header.`, {
    fix:
      columns.length === 0
        ? 'Export it as JSONL or a JSON array.'
        : `A CSV file needs a first line with column names, among them ${columns.join(', ')}.`,
  });
}

function packedKind(head: string): string | undefined {
  if (head.startsWith('PK')) return 'a zip archive or a spreadsheet';
  if (head.startsWith('PAR1')) return 'a Parquet file';
  if (head.startsWith('\uFFFD\uFFFD') || head.charCodeAt(1) === 0) return 'not UTF-8 text';
  return head.includes('\0') ? 'a binary file' : undefined;
}
