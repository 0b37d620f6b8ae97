import { parentPort } from 'node:worker_threads';
import type { Chart } from '../core/chart/chart.ts';
import type { ChartReply } from './chart-painter.ts';
import { drawSvg } from './draw-svg.ts';
import { createRasteriser } from './rasterise.ts';

/** The thread's body: charts in, pictures out, in the order they came. */
const rasterise = createRasteriser();

parentPort?.on('message', async ({ id, chart }: { id: number; chart: Chart }) => {
  parentPort?.postMessage(await reply(id, chart));
});

async function reply(id: number, chart: Chart): Promise<ChartReply> {
  try {
    return { id, png: (await rasterise)(drawSvg(chart)) };
  } catch (error) {
    return { id, failed: error instanceof Error ? error.message : String(error) };
  }
}
