/** A worker as a process of its own, which can be killed with SIGKILL. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DatabaseTarget } from '../../../src/postgres/database.ts';
import { cleanEnvironment } from '../../scenarios/program.ts';

export interface WorkerOrder {
  /** The folder of the compiled program. */
  program: string;
  database: DatabaseTarget;
  workspace: string;
  /** Of the other side. */
  url: string;
  owner: string;
  /** The workers' time: `speed` times as fast as ours since this instant, so that leases and waits are short. */
  epoch: number;
  speed: number;
  /** In the workers' time. */
  leaseMs: number;
}

export class MortalWorker {
  readonly #child: ChildProcess;
  readonly #loaded: Promise<unknown>;

  /** Loads the program, which is the longest part of a start. */
  constructor(order: WorkerOrder) {
    this.#child = fork(fileURLToPath(new URL('acting-child.mjs', import.meta.url)), [JSON.stringify(order)], {
      ...{ env: cleanEnvironment(), execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
    });
    this.#loaded = once(this.#child, 'message');
  }

  async start(): Promise<void> {
    await this.#loaded;
    const started = once(this.#child, 'message');
    this.#child.send('start');
    await started;
  }

  async kill(): Promise<void> {
    const over = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await over;
  }
}
