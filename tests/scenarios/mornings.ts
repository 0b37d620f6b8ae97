/** Processes that live through one morning of the app, and are killed in it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bundledProgram } from './bundle.ts';
import { MORNING } from './product.ts';
import { cleanEnvironment } from './program.ts';

export interface Morning {
  /** Lets it begin; what went before, loading the program, is not part of the morning. */
  begin(): Promise<void>;
  /** SIGKILL; false when it had ended by itself. */
  kill(): Promise<boolean>;
  /** The exit code, once it is over; null when it was killed. */
  readonly over: Promise<number | null>;
}

/** @param now what the app takes for the time when it begins, epoch ms. */
export async function prepareMorning(
  settings: Readonly<Record<string, string>>,
  database: string,
  now: number,
): Promise<Morning> {
  const order = JSON.stringify({ program: await bundledProgram(), settings, database, asOf: MORNING, now });
  const child: ChildProcess = fork(fileURLToPath(new URL('morning.mjs', import.meta.url)), [order], {
    env: cleanEnvironment(),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const over = once(child, 'exit').then(() => child.exitCode);
  const ready = once(child, 'message');
  return {
    over,
    async begin() {
      await Promise.race([ready, over]);
      child.send('begin');
    },
    async kill() {
      child.kill('SIGKILL');
      return (await over) === null;
    },
  };
}
