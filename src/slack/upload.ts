import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Place } from './send.ts';
import { callSlack, toDeliveryError } from './web-call.ts';

const TIMEOUT_MS = 30_000;
const reservedSchema = z.object({ upload_url: z.url(), file_id: z.string() });

export interface TextFile {
  name: string;
  title: string;
  text: string;
  /** What stands above the file. */
  comment: string;
}

/** Shares a text file in a place. @throws DeliveryError when Slack does not take it. */
export async function uploadText(
  client: WebClient,
  place: Place,
  { name, title, text, comment }: TextFile,
): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
  const reserved = reservedSchema.parse(
    await callSlack(client, 'files.getUploadURLExternal', { filename: name, length: bytes.length }),
  );
  await send(reserved.upload_url, bytes);
  await callSlack(client, 'files.completeUploadExternal', {
    files: JSON.stringify([{ id: reserved.file_id, title }]),
    channel_id: place.channel,
    initial_comment: comment,
    ...(place.thread_ts === undefined ? {} : { thread_ts: place.thread_ts }),
  });
}

async function send(url: string, body: Buffer<ArrayBuffer>): Promise<void> {
  let response: Response;
  try {
    response = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    throw toDeliveryError(error, 'the upload');
  }
  if (!response.ok) throw toDeliveryError(new Error(`HTTP ${response.status}`), 'the upload');
}
