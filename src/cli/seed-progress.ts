import { Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import type { Clock } from '../pipeline/ports.ts';
import type { CliContext } from './subcommand.ts';

export interface SeedProgress {
  update(events: number): void;
  stop(): void;
}

const LINE_EVERY_MS = 5_000;

/** Shows how many events were made: a bar on a terminal, a line every five seconds otherwise. */
export function showSeedProgress(stderr: CliContext['stderr'], about: number, clock: Clock): SeedProgress {
  return stderr.isTTY ? bar(stderr, about) : lines(stderr, about, clock);
}

function bar(stderr: CliContext['stderr'], about: number): SeedProgress {
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
    format: '{bar} {percentage}% | {value} of about {total} events | {eta_formatted} left',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
  });
  shown.start(about, 0);
  return {
    // The total is an estimate: the bar waits at its end rather than run over.
    update: (events) => shown.update(Math.min(events, about)),
    stop: () => shown.stop(),
  };
}

function lines(stderr: CliContext['stderr'], about: number, clock: Clock): SeedProgress {
  let last = clock();
  return {
    update: (events) => {
      const now = clock();
      if (now - last < LINE_EVERY_MS) return;
      last = now;
      stderr.write(`${events} of about ${about} events\n`);
    },
    stop: () => undefined,
  };
}
