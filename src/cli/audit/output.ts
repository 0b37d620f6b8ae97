import { createWriteStream, rmSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { onInterrupt } from '../on-interrupt.ts';
import { unwritable } from '../write-events.ts';

/** Where lines go: held back to a piece, written, and waited for where the reader is slower. */
export interface LineOutput {
  write(line: string): Promise<void>;
  /** All is written; a file appears under its name now. */
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

const PIECE = 1 << 16;

/** @param path `-` for the stream given. @throws SeepassError `bad_arguments` when the file cannot be written. */
export async function openOutput(path: string, stdout: { write(text: string): unknown }): Promise<LineOutput> {
  if (path === '-') return pieces((text) => writeTo(stdout, text), { finish: async () => {}, abandon: async () => {} });
  const there = await stat(path).catch(() => undefined);
  // A pipe or device is written to, never replaced by a file.
  const isReplaced = there === undefined || there.isFile();
  const partial = isReplaced ? `${path}.part-${process.pid}` : path;
  const remove = async (): Promise<void> => {
    if (isReplaced) await rm(partial, { force: true });
  };
  const file = createWriteStream(partial, { flags: 'w' });
  const fault = finished(file).then(
    () => undefined,
    (error: unknown) => error,
  );
  const forget = onInterrupt(() => {
    if (isReplaced) rmSync(partial, { force: true });
  });
  const end = async (): Promise<void> => {
    file.end();
    const error = await fault;
    forget();
    if (error === undefined) return;
    await remove();
    throw unwritable(path, error);
  };
  return pieces((text) => writeTo(file, text), {
    async finish() {
      await end();
      if (isReplaced) await rename(partial, path);
    },
    async abandon() {
      file.destroy();
      await fault;
      forget();
      await remove();
    },
  });
}

function pieces(write: (text: string) => Promise<void>, { finish, abandon }: Omit<LineOutput, 'write'>): LineOutput {
  let piece = '';
  const flush = async (): Promise<void> => {
    const text = piece;
    piece = '';
    if (text !== '') await write(text);
  };
  return {
    async write(line) {
      piece += `${line}\n`;
      if (piece.length >= PIECE) await flush();
    },
    async finish() {
      await flush();
      await finish();
    },
    abandon,
  };
}

/** Waits until a full stream takes more, or is gone. */
async function writeTo(stream: { write(text: string): unknown }, text: string): Promise<void> {
  if (stream.write(text) !== false || !(stream instanceof Writable) || stream.destroyed) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      stream.off('drain', go).off('close', go);
      resolve();
    };
    stream.on('drain', go).on('close', go);
  });
}
