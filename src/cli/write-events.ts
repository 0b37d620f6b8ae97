import { createWriteStream, rmSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { SeepassError } from '../errors.ts';
import { onInterrupt } from './on-interrupt.ts';

/** Lines are handed over in pieces of about this many characters: one write a line would cost more than the line. */
const PIECE = 1 << 16;

/**
 * Writes one JSON line an event, as fast as the disk takes them; gzip when the name ends in .gz. The file
 * appears under its name only when it is whole.
 * @returns how many were written.
 * @throws SeepassError `bad_arguments` when the file cannot be written.
 */
export async function writeEventsFile(
  events: Iterable<object>,
  path: string,
  onProgress: (written: number) => void,
): Promise<number> {
  const counter = { written: 0 };
  const source = Readable.from(jsonPieces(events, counter, onProgress));
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw unwritable(path, { code: 'EISDIR' });
  // A pipe or device is written to, never replaced by a file.
  const partial = there === undefined || there.isFile() ? `${path}.part-${process.pid}` : path;
  const forget = onInterrupt(() => {
    if (partial !== path) rmSync(partial, { force: true });
  });
  try {
    const file = createWriteStream(partial, { flags: 'w' });
    if (path.endsWith('.gz')) await pipeline(source, createGzip({ level: 1 }), file);
    else await pipeline(source, file);
    if (partial !== path) await rename(partial, path);
  } catch (cause) {
    if (partial !== path) await rm(partial, { force: true }).catch(() => undefined);
    throw unwritable(path, cause);
  } finally {
    forget();
  }
  return counter.written;
}

/** Writes one JSON line an event to an open stream, which stays open. A reader that leaves early ends it quietly. */
export async function writeEventsTo(
  events: Iterable<object>,
  output: { write(text: string): unknown },
  onProgress: (written: number) => void,
): Promise<number> {
  const counter = { written: 0 };
  for (const piece of jsonPieces(events, counter, onProgress)) {
    const accepted = output.write(piece);
    if (accepted === false) await drained(output);
    if (output instanceof Writable && output.destroyed) break;
  }
  return counter.written;
}

function* jsonPieces(
  events: Iterable<object>,
  counter: { written: number },
  onProgress: (written: number) => void,
): Generator<string> {
  let piece = '';
  for (const event of events) {
    piece += `${JSON.stringify(event)}\n`;
    counter.written += 1;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
    onProgress(counter.written);
  }
  if (piece !== '') yield piece;
}

/** Waits until a full stream takes more, or is gone. */
function drained(output: object): Promise<void> {
  return new Promise((resolve) => {
    if (!(output instanceof Writable) || output.destroyed) return resolve();
    const go = (): void => {
      output.off('drain', go).off('close', go);
      resolve();
    };
    output.on('drain', go).on('close', go);
  });
}

/** The reason in words, for a path that cannot be written. */
export function unwritable(path: string, cause: unknown): SeepassError {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  const reasons: Record<string, string> = {
    ENOENT: 'its folder does not exist',
    EISDIR: 'it is a folder',
    ENOTDIR: 'part of the path is a file',
    EACCES: 'writing there is not allowed',
    EPERM: 'writing there is not allowed',
    EROFS: 'that disk is read-only',
    ENOSPC: 'the disk is full',
  };
  const reason = reasons[code];
  if (reason === undefined) throw cause;
  return new SeepassError('bad_arguments', `${path} cannot be written: ${reason}.`, {
    fix: 'Name a file in a folder that exists.',
    cause,
  });
}
