import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { DeliveryError } from '../pipeline/delivery-error.ts';
import type { Place } from './place.ts';
import { callSlack, toDeliveryError } from './web-call.ts';

const TIMEOUT_MS = 30_000;
const reservedSchema = z.object({ upload_url: z.url(), file_id: z.string() });

export interface UploadedFile {
  name: string;
  title: string;
  content: string | Uint8Array;
  /** What stands above the file. */
  comment: string;
  /** Of a picture: says what it shows to those who cannot see it; Slack takes 1,000 characters. */
  altText?: string;
}

/**
 * Shares a file in a place.
 * @returns its id.
 * @throws DeliveryError when Slack does not take it; `ambiguous` only where it may be shared.
 */
export async function uploadFile(client: WebClient, place: Place, file: UploadedFile): Promise<string> {
  const id = await transfer(client, file).catch((error: unknown) => {
    throw asUnshared(error);
  });
  await callSlack(client, 'files.completeUploadExternal', {
    files: JSON.stringify([{ id, title: file.title }]),
    channel_id: place.channel,
    initial_comment: file.comment,
    ...(place.thread_ts === undefined ? {} : { thread_ts: place.thread_ts }),
  });
  return id;
}

/** Brings the content to Slack, where nobody sees it yet. */
async function transfer(client: WebClient, { name, content, altText }: UploadedFile): Promise<string> {
  const bytes = Buffer.from(content);
  const reserved = reservedSchema.parse(
    await callSlack(client, 'files.getUploadURLExternal', {
      filename: name,
      length: bytes.length,
      ...(altText === undefined ? {} : { alt_txt: altText }),
    }),
  );
  await send(reserved.upload_url, bytes);
  return reserved.file_id;
}

function asUnshared(error: unknown): unknown {
  if (!(error instanceof DeliveryError) || error.failure !== 'ambiguous') return error;
  return new DeliveryError('retryable', error.message, {
    cause: error,
    ...(error.reason === null ? {} : { reason: error.reason }),
    ...(error.fix === undefined ? {} : { fix: error.fix }),
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
