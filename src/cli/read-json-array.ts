import { Readable } from 'node:stream';
import { streamArray } from 'stream-json/streamers/stream-array.js';
import { SeepassError } from '../errors.ts';
import type { InputRecord } from '../pipeline/ingest.ts';

const GROUP = 500;

/**
 * The elements of one JSON array, in groups; `line` is the element's number from 1.
 * @throws SeepassError `bad_input` where the array breaks off: what follows cannot be told apart any more.
 */
export async function* readJsonArray(chunks: AsyncIterable<string>, name: string): AsyncIterable<InputRecord[]> {
  let group: InputRecord[] = [];
  let elements = 0;
  const text = Readable.from(chunks);
  const parser = streamArray.withParserAsStream();
  text.once('error', (error) => parser.destroy(error));
  text.pipe(parser);
  try {
    for await (const { value } of parser) {
      elements += 1;
      group.push({ line: elements, value });
      if (group.length >= GROUP) {
        yield group;
        group = [];
      }
    }
  } catch (error) {
    if (group.length > 0) yield group;
    if (error instanceof SeepassError) throw error;
    throw new SeepassError('bad_input', `The JSON array in ${name} is not valid after element ${elements}.`, {
      fix: 'Mend it there, or write one object a line (JSONL).',
      cause: error,
    });
  } finally {
    text.destroy();
  }
  if (group.length > 0) yield group;
}
