import type { WebClient } from '@slack/web-api';
import type { Chart } from '../core/chart/chart.ts';
import type { DrawChart } from '../pipeline/charts.ts';
import { DeliveryError } from '../pipeline/delivery-error.ts';
import type { Log } from '../pipeline/ports.ts';
import type { Place } from './place.ts';
import { uploadFile } from './upload.ts';
import { describePicture, pictureName } from './views/posted-chart.ts';

/** Draws charts for messages that are one. */
export interface ChartSharing {
  drawChart: DrawChart;
  log: Log;
}

/** A file carries no metadata: its message is found again by the key in the file's name. */
const nameOf = (key: string): string => `chart-${key}`;

/** Whether a message that Slack shows holds the picture of that key. */
export const holdsPicture = (files: readonly { name?: string | undefined }[], key: string): boolean =>
  files.some(({ name }) => name === pictureName(nameOf(key)));

/**
 * Shares a message's chart as a picture, once.
 * @returns the file's id, since Slack does not say yet where the file will stand; undefined where it cannot be drawn or
 * shared and nothing was, so that words may stand for it.
 * @throws DeliveryError where it may have been shared, and where Slack takes nothing from us here, or now.
 */
export async function shareChart(
  client: WebClient,
  place: Place,
  { chart, key }: { chart: Chart; key: string },
  { drawChart, log }: ChartSharing,
): Promise<string | undefined> {
  try {
    const content = await drawChart(chart);
    return await uploadFile(client, place, { ...describePicture(chart, { name: nameOf(key), by: null }), content });
  } catch (err) {
    if (err instanceof DeliveryError && concernsMore(err)) throw err;
    log.warn({ err, channel: place.channel }, 'a chart could not be shared as a picture');
    return undefined;
  }
}

/** Words would be refused likewise, or would be a second one. */
const concernsMore = ({ failure, blames, retryAfterMs }: DeliveryError): boolean =>
  failure === 'ambiguous' || blames !== 'message' || retryAfterMs !== null;
