import type { WebClient } from '@slack/web-api';
import type { Chart } from '../core/chart/chart.ts';
import type { DrawChart } from '../pipeline/charts.ts';
import { DeliveryError } from '../pipeline/delivery-error.ts';
import type { Log } from '../pipeline/ports.ts';
import type { Place } from './place.ts';
import { postMessage } from './send.ts';
import { uploadFile } from './upload.ts';
import type { Rendered } from './views/notice.ts';
import { describePicture } from './views/posted-chart.ts';

export interface ChartPost {
  chart: Chart;
  /** The file's name without what all have in common: "checkout-2026-01-29". */
  name: string;
  /** Slack user id of whoever asked for it; null where nobody did. */
  by: string | null;
  /** Slack's own chart, or words, where the picture cannot be drawn or shared. */
  otherwise(): Rendered;
}

/**
 * Posts the chart's picture in a place, best a thread.
 * @throws DeliveryError when neither the picture nor what stands for it can be posted, or nobody knows.
 */
export async function postChart(
  { client, drawChart, log }: { client: WebClient; drawChart?: DrawChart | undefined; log: Log },
  place: Place,
  { chart, name, by, otherwise }: ChartPost,
): Promise<void> {
  if (drawChart === undefined) return void (await postMessage(client, place, otherwise()));
  try {
    await uploadFile(client, place, { ...describePicture(chart, { name, by }), content: await drawChart(chart) });
  } catch (err) {
    // It may have got through: a chart too few is better than two.
    if (err instanceof DeliveryError && err.failure === 'ambiguous') throw err;
    log.warn({ err, channel: place.channel }, 'a chart could not be shared as a picture');
    await postMessage(client, place, otherwise());
  }
}
