import type { InputRecord } from '../pipeline/ingest.ts';

/** Longer ones would not fit into memory several times over. */
const LONGEST = 50_000_000;

/** One JSON value that spans lines, as people and tools print them. */
export async function* readDocument(chunks: AsyncIterable<string>, line: number): AsyncIterable<InputRecord[]> {
  let text = '';
  for await (const chunk of chunks) {
    text += chunk;
    if (text.length <= LONGEST) continue;
    yield [{ line, reason: 'the JSON value is longer than 50 MB: write its records one a line' }];
    return;
  }
  yield [recordOf(text, line)];
}

function recordOf(text: string, line: number): InputRecord {
  try {
    return { line, value: JSON.parse(text) };
  } catch {
    return { line, reason: 'the file is not one valid JSON value: check its brackets, or write one object a line' };
  }
}
