import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { streamArray } from 'stream-json/streamers/stream-array.js';
import { SeepassError } from '../errors.ts';
import type { InputRecord } from '../pipeline/ingest.ts';

/**
 * The elements of one JSON array, in groups; `line` is the element's number from 1.
 * @throws SeepassError `bad_input` where the array breaks off: what follows cannot be told apart any more.
 */
export async function* readJsonArray(chunks: AsyncIterable<string>, name: string): AsyncIterable<InputRecord[]> {
  let group: InputRecord[] = [];
  let elements = 0;
  const parser = streamArray.withParserAsStream();
  parser.on('data', ({ value }: { value: unknown }) => {
    elements += 1;
    group.push({ line: elements, value });
  });
  // The first fault is reported by whoever writes; without a listener it would end the process.
  parser.on('error', () => undefined);
  const taken = (): InputRecord[] => {
    const full = group;
    group = [];
    return full;
  };
  let fault: unknown;
  try {
    for await (const chunk of chunks) {
      // The parser gives up a whole write at a fault: ending each at a brace keeps every element before it.
      for (const piece of chunk.split(/(?<=\})/)) fault ??= await write(parser, piece);
      if (group.length > 0) yield taken();
      if (fault !== undefined) break;
    }
    fault ??= await finish(parser);
    if (group.length > 0) yield taken();
  } finally {
    parser.destroy();
  }
  if (fault !== undefined)
    throw new SeepassError('bad_input', `The JSON array in ${name} is not valid after element ${elements}.`, {
      fix: 'Mend it there, or write one object a line (JSONL).',
      cause: fault,
    });
}

/** Resolves to the fault, once what was written has come out again. */
async function write(parser: Duplex, text: string): Promise<unknown> {
  const fault = await new Promise((resolve) => parser.write(text, resolve));
  while (!fault && parser.readableLength > 0) await turn();
  return fault ?? undefined;
}

async function finish(parser: Duplex): Promise<unknown> {
  const ended = once(parser, 'end').then(
    () => undefined,
    (error: unknown) => error,
  );
  parser.end();
  return ended;
}
