/** A process of its own that opens an embedded folder, writes numbers into it and says which were committed. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type DatabaseHandle, openDatabase } from '../../src/postgres/database.ts';
import { silentLog } from './silent-log.ts';

export type Order =
  | { readonly do: 'open'; readonly folder: string }
  | { readonly do: 'write'; readonly from: number; readonly count: number }
  | { readonly do: 'close' };

export interface Report {
  /** Numbers whose INSERT was acknowledged. */
  readonly committed: readonly number[];
  readonly address: string;
  /** Messages of the INSERTs that failed. */
  readonly errors: readonly string[];
}

export class EmbeddedProcess {
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(fileURLToPath(import.meta.url), ['child'], { execArgv: ['--import', 'tsx'], stdio: 'inherit' });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Undefined when the process was killed before it answered. */
  async ask(order: Order): Promise<Report | undefined> {
    if (!this.#child.connected) return undefined;
    const settled = new AbortController();
    const { signal } = settled;
    const answered = once(this.#child, 'message', { signal }).then(([report]) => report as Report | { failed: string });
    const gone = once(this.#child, 'exit', { signal }).then(() => undefined);
    this.#child.send(order);
    const report = await Promise.race([answered, gone]);
    for (const waiting of [answered, gone]) waiting.catch(() => undefined);
    settled.abort();
    if (report && 'failed' in report) throw new Error(report.failed);
    return report;
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}

if (process.argv[2] === 'child' && process.send) {
  const send = process.send.bind(process);
  let handle: DatabaseHandle | undefined;
  process.on('message', (order: Order) => {
    obey(order).then(send, (error: unknown) => send({ failed: String(error) }));
  });

  async function obey(order: Order): Promise<Report> {
    const committed: number[] = [];
    const errors: string[] = [];
    if (order.do === 'open') {
      handle = await openDatabase({ kind: 'folder', folder: order.folder }, { log: silentLog });
      await handle.pool.query('CREATE TABLE IF NOT EXISTS kept (n integer PRIMARY KEY, writer integer NOT NULL)');
    } else if (order.do === 'write') {
      for (let n = order.from; n < order.from + order.count; n += 1) {
        try {
          await handle?.pool.query('INSERT INTO kept VALUES ($1, $2)', [n, process.pid]);
          committed.push(n);
        } catch (error) {
          errors.push(error instanceof Error ? error.message : String(error));
        }
      }
    } else {
      await handle?.close();
    }
    return { committed, errors, address: JSON.stringify(handle?.join) };
  }
}
