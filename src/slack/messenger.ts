import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { DeliveryError } from '../pipeline/delivery-error.ts';
import type { Messenger, OutgoingMessage } from '../pipeline/ports.ts';
import type { Directory } from './directory.ts';
import { callSlack, callSlackAgain } from './web-call.ts';

/** What a message of ours carries, so that it can be found again. */
const EVENT_TYPE = 'seepass_message';
const PAGE = 200;
const PAGES = 5;

const postedSchema = z.object({ ts: z.string() });
const historySchema = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z.object({ event_type: z.string().optional(), event_payload: z.unknown() }).optional(),
      }),
    )
    .default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).nullish(),
});
const payloadSchema = z.object({ key: z.string() });

/** Posts durable messages; the outbox decides when and whether to try again. */
export function createMessenger(client: WebClient, directory: Directory): Messenger {
  return {
    async post(channel, message, key) {
      const answer = await callSlack(client, 'chat.postMessage', {
        channel: await directory.channelId(channel),
        ...messageParameters(message),
        metadata: { event_type: EVENT_TYPE, event_payload: { key } },
      });
      const posted = postedSchema.safeParse(answer);
      if (posted.success) return posted.data.ts;
      throw new DeliveryError('ambiguous', 'Slack took the message and did not say where it is.', { reason: 'no_ts' });
    },

    async findByKey(channel, key) {
      const id = await directory.channelId(channel);
      let cursor = '';
      for (let page = 0; page < PAGES; page += 1) {
        const answer = historySchema.parse(
          await callSlackAgain(client, 'conversations.history', {
            channel: id,
            include_all_metadata: true,
            limit: PAGE,
            ...(cursor ? { cursor } : {}),
          }),
        );
        const found = answer.messages.find(({ metadata }) => {
          const payload = payloadSchema.safeParse(metadata?.event_payload);
          return metadata?.event_type === EVENT_TYPE && payload.success && payload.data.key === key;
        });
        if (found) return found.ts;
        cursor = answer.response_metadata?.next_cursor ?? '';
        if (cursor === '') return undefined;
      }
      return undefined;
    },
  };
}

/** What every message of ours is sent with: the fallback text, and links that do not unfold. */
export function messageParameters(message: OutgoingMessage): Record<string, unknown> {
  return { text: message.text, blocks: message.blocks, unfurl_links: false, unfurl_media: false };
}
