import { Worker } from 'node:worker_threads';
import type { Chart } from '../core/chart/chart.ts';
import type { DrawChart } from '../pipeline/charts.ts';

/** What the thread answers a chart with. */
export type ChartReply = { id: number; png: Uint8Array } | { id: number; failed: string };

export interface ChartPainter {
  draw: DrawChart;
  /** Ends the thread; what is under way fails. */
  stop(): Promise<void>;
}

interface Waiting {
  resolve(png: Uint8Array): void;
  reject(error: Error): void;
}

/** The renderer with its fonts holds some 100 MB: so long after the last chart it goes. */
const IDLE_MS = 300_000;
/** Only a thread that hangs takes so long, its loading included. */
const TIMEOUT_MS = 60_000;

/**
 * Draws charts in a thread of its own, so that Slack is acknowledged at once meanwhile. The thread begins with the
 * first chart, and with it all that loading the renderer costs; it is ended when no chart has come for a while.
 */
export function createChartPainter({ idleMs = IDLE_MS, timeoutMs = TIMEOUT_MS } = {}): ChartPainter {
  let worker: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;
  let asked = 0;
  const waiting = new Map<number, Waiting>();

  function end(of: Worker | undefined, reason: Error): Promise<unknown> {
    if (of === undefined || of !== worker) return Promise.resolve();
    worker = undefined;
    clearTimeout(timer);
    for (const { reject } of waiting.values()) reject(reason);
    waiting.clear();
    return of.terminate();
  }

  function expectNews(of: Worker): void {
    clearTimeout(timer);
    const [after, reason] =
      waiting.size > 0 ? [timeoutMs, 'The chart took too long.'] : [idleMs, 'No chart was asked for.'];
    timer = setTimeout(() => void end(of, new Error(reason)), after).unref();
    // Only a chart under way keeps the process alive.
    if (waiting.size > 0) of.ref();
    else of.unref();
  }

  function begin(): Worker {
    const file = import.meta.url.endsWith('.ts') ? './chart-worker-from-source.mjs' : './chart-worker.js';
    const started = new Worker(new URL(file, import.meta.url), { execArgv: [] });
    started.on('message', (reply: ChartReply) => {
      const one = waiting.get(reply.id);
      waiting.delete(reply.id);
      if ('png' in reply) one?.resolve(reply.png);
      else one?.reject(new Error(`The chart could not be drawn: ${reply.failed}`));
      expectNews(started);
    });
    started.on('error', (error) => void end(started, error));
    started.on('exit', (code) => void end(started, new Error(`The thread that draws charts stopped with ${code}.`)));
    return started;
  }

  return {
    draw: (chart: Chart) =>
      new Promise((resolve, reject) => {
        worker ??= begin();
        asked += 1;
        waiting.set(asked, { resolve, reject });
        worker.postMessage({ id: asked, chart });
        expectNews(worker);
      }),
    async stop() {
      await end(worker, new Error('The app is stopping.'));
    },
  };
}
