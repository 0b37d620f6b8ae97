import { Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import type { Clock } from '../pipeline/ports.ts';
import type { CliContext } from './subcommand.ts';

/** How far a long command is. */
export interface Progress<Figures extends Record<string, number>> {
  update(done: number, figures: Figures): void;
  stop(): void;
}

export interface ProgressWords<Figures extends Record<string, number>> {
  /** What `done` runs up to; undefined where nobody knows. */
  readonly total: number | undefined;
  /** Of cli-progress, behind the bar: figures in braces. */
  readonly beside: string;
  /** The same for a log file or a pipe. `share` is 0-1 where the total is known. */
  line(figures: Figures, share: number | undefined): string;
}

const LINE_EVERY_MS = 5_000;

/** A bar on a terminal where the total is known; otherwise a line every five seconds. */
export function showProgress<Figures extends Record<string, number>>(
  stderr: CliContext['stderr'],
  clock: Clock,
  words: ProgressWords<Figures>,
): Progress<Figures> {
  const { total } = words;
  return stderr.isTTY && total !== undefined ? bar(stderr, words, total) : lines(stderr, words, clock);
}

function bar<Figures extends Record<string, number>>(
  stderr: CliContext['stderr'],
  { beside }: ProgressWords<Figures>,
  total: number,
): Progress<Figures> {
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
    format: `{bar} {percentage}% | ${beside} | {eta_formatted} left`,
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
  });
  let started = false;
  return {
    update: (done, figures) => {
      if (!started) shown.start(total, 0, figures);
      started = true;
      // A total may be an estimate: the bar waits at its end rather than run over.
      shown.update(Math.min(done, total), figures);
    },
    stop: () => shown.stop(),
  };
}

function lines<Figures extends Record<string, number>>(
  stderr: CliContext['stderr'],
  { total, line }: ProgressWords<Figures>,
  clock: Clock,
): Progress<Figures> {
  let last = clock();
  return {
    update: (done, figures) => {
      const now = clock();
      if (now - last < LINE_EVERY_MS) return;
      last = now;
      stderr.write(`${line(figures, total === undefined ? undefined : Math.min(1, done / total))}\n`);
    },
    stop: () => undefined,
  };
}
