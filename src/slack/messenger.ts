import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { DeliveryError } from '../pipeline/delivery-error.ts';
import type { Messenger, OutgoingMessage } from '../pipeline/ports.ts';
import { type Directory, isPerson } from './directory.ts';
import { chartless, sendSimplerIfRefused } from './send-simpler.ts';
import { type ChartSharing, holdsPicture, shareChart } from './share-chart.ts';
import { callSlack } from './web-call.ts';

/** What a message of ours carries, so that it can be found again. */
const EVENT_TYPE = 'seepass_message';
/** Looked through before and after a post, each call as slow as it may be, they take less than the outbox's lease. */
const PAGE = 500;
const PAGES = 5;
/** Our clock and Slack's may differ: a message is looked for from this long before it was made. */
const MARGIN_MS = 6 * 3_600_000;

const postedSchema = z.object({ ts: z.string() });
const historySchema = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z.object({ event_type: z.string().optional(), event_payload: z.unknown() }).optional(),
        files: z.array(z.object({ name: z.string().optional() })).default([]),
      }),
    )
    .default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).nullish(),
});
const payloadSchema = z.object({ key: z.string() });

/**
 * Posts durable messages; the outbox decides when and whether to try again.
 * @param charts without it, words stand for every chart.
 */
export function createMessenger(client: WebClient, directory: Directory, charts?: ChartSharing): Messenger {
  return {
    async post(channel, message, key, thread) {
      const id = await directory.channelId(channel);
      if (message.chart !== undefined && charts !== undefined) {
        const shared = await shareChart(
          client,
          { channel: id, thread_ts: thread },
          { chart: message.chart, key },
          charts,
        );
        if (shared !== undefined) return shared;
      }
      const answer = await sendSimplerIfRefused(chartless(message), (one) =>
        callSlack(client, 'chat.postMessage', {
          channel: id,
          ...messageParameters(one),
          ...(thread === undefined ? {} : { thread_ts: thread }),
          metadata: metadataOf(key),
        }),
      );
      const posted = postedSchema.safeParse(answer);
      if (posted.success) return posted.data.ts;
      throw new DeliveryError('ambiguous', 'Slack took the message and did not say where it is.', { reason: 'no_ts' });
    },

    async update(channel, ts, message, key) {
      const id = await directory.channelId(channel);
      await sendSimplerIfRefused(chartless(message), (one) =>
        callSlack(client, 'chat.update', { channel: id, ts, ...messageParameters(one), metadata: metadataOf(key) }),
      );
    },

    async findByKey(channel, key, { since, thread }) {
      const id = await directory.channelId(channel);
      if (isPerson(id))
        throw new DeliveryError('permanent', 'Seepass cannot look into messages sent to a person by their id.', {
          reason: 'direct_message',
        });
      const [method, place] =
        thread === undefined ? ['conversations.history', {}] : ['conversations.replies', { ts: thread }];
      const oldest = String(Math.max(0, (since - MARGIN_MS) / 1000));
      let cursor = '';
      for (let page = 0; page < PAGES; page += 1) {
        const answer = historySchema.parse(
          await callSlack(client, method, {
            channel: id,
            ...place,
            oldest,
            include_all_metadata: true,
            limit: PAGE,
            ...(cursor ? { cursor } : {}),
          }),
        );
        const found = answer.messages.find((message) => keyOf(message) === key || holdsPicture(message.files, key));
        if (found) return found.ts;
        cursor = answer.response_metadata?.next_cursor ?? '';
        if (cursor === '') return undefined;
      }
      throw new DeliveryError('permanent', 'Too much was said in the channel since to look through.', {
        reason: 'too_many_messages',
      });
    },
  };
}

const metadataOf = (key: string): object => ({ event_type: EVENT_TYPE, event_payload: { key } });

function keyOf({ metadata }: z.infer<typeof historySchema>['messages'][number]): string | undefined {
  const payload = payloadSchema.safeParse(metadata?.event_payload);
  return metadata?.event_type === EVENT_TYPE && payload.success ? payload.data.key : undefined;
}

/** What every message of ours is sent with: the fallback text, and links that do not unfold. */
export function messageParameters(message: OutgoingMessage): Record<string, unknown> {
  return { text: message.text, blocks: message.blocks, unfurl_links: false, unfurl_media: false };
}
