/** A process of its own that opens an embedded folder, writes numbers into it and says which were committed. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

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

  /** @param program the folder of the compiled program. */
  constructor(program: string) {
    const child = fileURLToPath(new URL('embedded-child.mjs', import.meta.url));
    this.#child = fork(child, [program], { execArgv: [], stdio: 'inherit' });
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
