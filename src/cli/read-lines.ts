import type { InputRecord } from '../pipeline/ingest.ts';

/** A record that is longer is no event: it is refused, and never held in memory whole. */
const LONGEST_LINE = 1_000_000;

/**
 * One JSON value a line, in groups; empty lines are skipped, line numbers count them.
 * @param plainLines true where a line that is no JSON is its text.
 */
export async function* readLines(
  chunks: AsyncIterable<string>,
  firstLine = 1,
  plainLines = false,
): AsyncIterable<InputRecord[]> {
  let carry = '';
  let skipping = false;
  let line = firstLine;
  for await (const chunk of chunks) {
    const group: InputRecord[] = [];
    let start = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      if (!skipping) push(group, line, carry + chunk.slice(start, end), plainLines);
      skipping = false;
      carry = '';
      start = end + 1;
      line += 1;
    }
    if (!skipping) {
      carry += chunk.slice(start);
      if (carry.length > LONGEST_LINE) {
        push(group, line, carry, plainLines);
        carry = '';
        skipping = true;
      }
    }
    if (group.length > 0) yield group;
  }
  const last: InputRecord[] = [];
  push(last, line, carry, plainLines);
  if (last.length > 0) yield last;
}

function push(group: InputRecord[], line: number, text: string, plainLines: boolean): void {
  if (text.length > LONGEST_LINE) {
    group.push({ line, reason: 'the line is longer than 1 MB: split it, or leave out what is no event' });
    return;
  }
  if (text === '' || text.trim() === '') return;
  try {
    group.push({ line, value: JSON.parse(text) });
  } catch (error) {
    group.push(plainLines && !/^\s*\{/.test(text) ? { line, value: text } : { line, reason: jsonFault(error) });
  }
}

/** Where JSON breaks; the parser's own message repeats the text, which may hold anything. */
function jsonFault(error: unknown): string {
  const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
  return position === undefined
    ? 'not valid JSON: check its quotes and brackets, and write one object a line'
    : `not valid JSON from character ${Number(position) + 1} on: write one object a line`;
}
