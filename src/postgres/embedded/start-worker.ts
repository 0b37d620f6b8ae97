import { Worker } from 'node:worker_threads';
import type { Log } from '../../pipeline/ports.ts';
import type { SocketAddress } from './address.ts';

export interface WorkerOptions {
  /** Folder of the data files; null keeps everything in memory. */
  readonly dataDir: string | null;
  /** A dumped data folder (tar) a new database starts from. */
  readonly template: string | null;
  readonly listen: { readonly path: string } | { readonly host: string; readonly port: number };
}

export type WorkerMessage =
  | { readonly type: 'ready'; readonly address: SocketAddress }
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'stopped' };

export interface RunningWorker {
  readonly address: SocketAddress;
  /** Resolves when the thread is gone, wanted or not: nothing can write to the folder any more. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

const OPEN_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 30_000;

/**
 * Opens a database in a thread of its own, so that a long statement never holds up the event loop.
 * @throws Error with the database's own reason when it cannot be opened.
 */
export async function startWorker(options: WorkerOptions, log: Log): Promise<RunningWorker> {
  const worker = createThread(options);
  let output = '';
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-2_000);
    });
  }
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const address = await new Promise<SocketAddress>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`It did not open in ${OPEN_TIMEOUT_MS / 1000} s.`)),
      OPEN_TIMEOUT_MS,
    );
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      act();
    };
    worker.once('message', (message: WorkerMessage) =>
      settle(() => {
        if (message.type === 'ready') resolve(message.address);
        else reject(new Error(message.type === 'failed' ? message.reason : 'It stopped while it was opening.'));
      }),
    );
    worker.on('error', (error) => {
      log.error({ error, output }, 'The embedded database stopped');
      settle(() => reject(error));
    });
    worker.once('exit', () => settle(() => reject(new Error(lastLine(output) ?? 'It stopped while it was opening.'))));
  }).catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });
  return {
    address,
    exited,
    async stop() {
      worker.postMessage('stop');
      const timer = setTimeout(() => worker.terminate(), STOP_TIMEOUT_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}

function lastLine(text: string): string | undefined {
  return text.trim().split('\n').at(-1) || undefined;
}

/** Compiled, the thread runs worker.js; from source it loads tsx first, whatever started this process. */
function createThread(options: WorkerOptions): Worker {
  const file = import.meta.url.endsWith('.ts') ? './worker-from-source.mjs' : './worker.js';
  return new Worker(new URL(file, import.meta.url), { workerData: options, execArgv: [], stdout: true, stderr: true });
}
