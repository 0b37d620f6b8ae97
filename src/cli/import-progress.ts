import { Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import type { Clock } from '../pipeline/ports.ts';
import type { InputBytes } from './input-bytes.ts';
import type { CliContext } from './subcommand.ts';

export interface Progress {
  update(rows: { read: number; stored: number; rejected: number }): void;
  stop(): void;
}

const LINE_EVERY_MS = 5_000;

/** Shows how far an import is: a bar on a terminal where the size is known, a line every five seconds otherwise. */
export function showProgress(stderr: CliContext['stderr'], input: InputBytes, clock: Clock): Progress {
  return stderr.isTTY && input.size !== undefined ? bar(stderr, input, input.size) : lines(stderr, input, clock);
}

function bar(stderr: CliContext['stderr'], input: InputBytes, size: number): Progress {
  const stream = Object.assign(
    new Writable({
      write: (chunk, _encoding, done) => {
        stderr.write(String(chunk));
        done();
      },
    }),
    { isTTY: true, columns: stderr.columns ?? 80 },
  );
  const shown = new SingleBar({
    stream,
    format: '{bar} {percentage}% | {read} read, {stored} stored, {rejected} rejected | {eta_formatted} left',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
  });
  shown.start(size, 0, { read: 0, stored: 0, rejected: 0 });
  return {
    update: ({ read, stored, rejected }) => shown.update(input.position(), { read, stored, rejected }),
    stop: () => shown.stop(),
  };
}

function lines(stderr: CliContext['stderr'], input: InputBytes, clock: Clock): Progress {
  let last = clock();
  return {
    update: ({ read, stored, rejected }) => {
      const now = clock();
      if (now - last < LINE_EVERY_MS) return;
      last = now;
      const share =
        input.size === undefined ? '' : ` (${Math.floor((100 * input.position()) / input.size)}% of the file)`;
      stderr.write(`${read} read, ${stored} stored, ${rejected} rejected${share}\n`);
    },
    stop: () => undefined,
  };
}
