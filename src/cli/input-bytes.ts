import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SeepassError } from '../errors.ts';

/** The bytes of an input, unpacked, with how far the reading has come. */
export interface InputBytes {
  /** For messages: the file's name, or "standard input". */
  readonly name: string;
  /** Bytes as they lie on disk; undefined for standard input. */
  readonly size: number | undefined;
  /** Bytes of those that were read so far. */
  position(): number;
  chunks(): AsyncIterable<Uint8Array>;
}

/** Read in one go: long ones keep the database waiting for its next statement. */
const CHUNK = 64 * 1024;

/**
 * Opens a file, or standard input for `-`. Gzip is known by its first bytes, whatever the name says.
 * @throws SeepassError `bad_input` for a missing, empty or unreadable file and for a folder, here or while reading.
 */
export async function openInput(path: string, stdin: NodeJS.ReadableStream): Promise<InputBytes> {
  const name = path === '-' ? 'standard input' : path;
  const size = path === '-' ? undefined : await sizeOf(path);
  let position = 0;
  async function* counted(): AsyncIterable<Uint8Array> {
    const stream = path === '-' ? stdin : createReadStream(path, { highWaterMark: CHUNK });
    try {
      for await (const chunk of stream) {
        const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
        position += bytes.length;
        yield bytes;
      }
    } catch (error) {
      throw unreadable(name, error);
    }
  }
  return { name, size, position: () => position, chunks: () => unpacked(counted(), name) };
}

async function sizeOf(path: string): Promise<number | undefined> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (found.isDirectory())
    throw new SeepassError('bad_input', `${path} is a folder.`, {
      fix: 'Name one file, or pipe several into "import -".',
    });
  if (found.isFile() && found.size === 0) throw emptyInput(path);
  return found.isFile() ? found.size : undefined;
}

/** Nothing to import: no bytes, or nothing but white space. */
export function emptyInput(name: string): SeepassError {
  return new SeepassError('bad_input', `${name} is empty.`, { fix: 'Check the export that wrote it.' });
}

function unreadable(name: string, error: unknown): unknown {
  if (error instanceof SeepassError || !(error instanceof Error)) return error;
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return new SeepassError('bad_input', `There is no file ${name}.`, { fix: 'Check the path.' });
  if (code === 'EACCES' || code === 'EPERM')
    return new SeepassError('bad_input', `${name} may not be read.`, { fix: 'Check the rights of the file.' });
  return new SeepassError('bad_input', `${name} could not be read (${String(code ?? 'unknown fault')}).`, {
    cause: error,
  });
}

async function* unpacked(source: AsyncIterable<Uint8Array>, name: string): AsyncIterable<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < 2) {
    const next = await iterator.next();
    if (next.done) break;
    head.push(next.value);
    bytes += next.value.length;
  }
  const first = Buffer.concat(head);
  const whole = rejoined(first, iterator);
  if (first[0] === 0x1f && first[1] === 0x8b) yield* gunzipped(whole, name);
  else yield* whole;
}

async function* rejoined(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    if (first.length > 0) yield first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* gunzipped(source: AsyncIterable<Uint8Array>, name: string): AsyncIterable<Uint8Array> {
  const packed = Readable.from(source, { objectMode: false });
  const gunzip = createGunzip({ chunkSize: CHUNK });
  packed.once('error', (error) => gunzip.destroy(error));
  packed.pipe(gunzip);
  try {
    for await (const chunk of gunzip) yield chunk;
  } catch (error) {
    if (error instanceof SeepassError) throw error;
    const truncated = error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR';
    throw new SeepassError(
      'bad_input',
      truncated
        ? `${name} is cut off: its gzip data ends too early.`
        : `${name} is damaged: its gzip data cannot be unpacked.`,
      {
        fix: 'Fetch the file again.',
        cause: error,
      },
    );
  } finally {
    packed.destroy();
    gunzip.destroy();
  }
}
