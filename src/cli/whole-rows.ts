/** A row of CSV is a record of up to this many UTF-16 units. */
const LONGEST_ROW = 1_000_000;

/**
 * Passes CSV text through, except rows that are too long, whose line ends are kept so that line numbers stay
 * right. A quote that is never closed makes a row too long: reading starts again at the next line after it.
 */
export async function* withoutLongRows(
  chunks: AsyncIterable<string>,
  refuse: (line: number) => void,
): AsyncIterable<string> {
  let row = '';
  let line = 1;
  let quoted = false;
  let skipping = false;
  for await (const chunk of chunks) {
    let passed = '';
    let start = 0;
    for (const { 0: mark, index } of chunk.matchAll(/["\n]/g)) {
      if (mark === '"') {
        quoted = !quoted;
        continue;
      }
      line += 1;
      if (quoted && !skipping && row.length + index - start <= LONGEST_ROW) continue;
      passed += skipping ? '\n' : row + chunk.slice(start, index + 1);
      row = '';
      skipping = false;
      quoted = false;
      start = index + 1;
    }
    if (!skipping) row += chunk.slice(start);
    if (row.length > LONGEST_ROW) {
      refuse(line);
      passed += row.replace(/[^\n]+/g, '');
      row = '';
      skipping = true;
    }
    if (passed !== '') yield passed;
  }
  if (row !== '') yield row;
}
