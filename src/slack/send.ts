import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { messageParameters } from './messenger.ts';
import type { Place } from './place.ts';
import { sendSimplerIfRefused } from './send-simpler.ts';
import type { Rendered } from './views/notice.ts';
import { callSlack } from './web-call.ts';

export const isDirect = (channel: string): boolean => channel.startsWith('D');

const postedSchema = z.object({ channel: z.string(), ts: z.string() });

/** Posts a message. @returns where Slack put it. */
export function postMessage(client: WebClient, place: Place, message: Rendered): Promise<z.infer<typeof postedSchema>> {
  const { channel, thread_ts } = place;
  const thread = thread_ts === undefined ? {} : { thread_ts };
  return sendSimplerIfRefused(message, async (one) =>
    postedSchema.parse(await callSlack(client, 'chat.postMessage', { channel, ...thread, ...messageParameters(one) })),
  );
}

/** Changes a message of ours. */
export async function updateMessage(
  client: WebClient,
  at: { channel: string; ts: string },
  message: Rendered,
): Promise<void> {
  await sendSimplerIfRefused(message, (one) => callSlack(client, 'chat.update', { ...at, ...messageParameters(one) }));
}
