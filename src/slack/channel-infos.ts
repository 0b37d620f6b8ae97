/** What Slack says of channels, remembered for a while. */
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { gather } from '../pipeline/gather.ts';
import type { Clock } from '../pipeline/ports.ts';
import { callSlackAgain } from './web-call.ts';

const infoSchema = z.object({
  name: z.string().optional(),
  is_archived: z.boolean().default(false),
  is_member: z.boolean().optional(),
  is_im: z.boolean().default(false),
  is_mpim: z.boolean().default(false),
  is_private: z.boolean().default(false),
  is_ext_shared: z.boolean().default(false),
  is_pending_ext_shared: z.boolean().default(false),
});
const answerSchema = z.object({ channel: infoSchema });
const pageSchema = z.object({
  channels: z.array(infoSchema.extend({ id: z.string() })).default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).nullish(),
});

export type ChannelInfo = z.infer<typeof infoSchema>;

/** A private channel may be opened, and shared with another company. */
const LIFE_MS = 5 * 60_000;
/** Slack answers some fifty questions a minute on one channel each: whoever asks for more at once reads the whole list. */
const MANY = 8;
const PAGE = 1000;
const PAGES = 20;

export interface ChannelInfos {
  /** By the channel's id; null where Slack does not say. */
  of(channel: string): Promise<ChannelInfo | null>;
  /** The channel has become another: Slack is asked anew. */
  forget(channel: string): void;
}

export function createChannelInfos(client: WebClient, clock: Clock): ChannelInfos {
  const known = new Map<string, { info: ChannelInfo; until: number }>();
  const remember = (channel: string, info: ChannelInfo): void => {
    known.set(channel, { info, until: clock() + LIFE_MS });
  };
  const recall = (channel: string): ChannelInfo | undefined => {
    const one = known.get(channel);
    return one !== undefined && one.until > clock() ? one.info : undefined;
  };
  let listed: { reading: Promise<void>; until: number } | undefined;
  const list = (): Promise<void> => {
    if (listed === undefined || listed.until <= clock())
      listed = { reading: readAll(client, remember).catch(() => undefined), until: clock() + LIFE_MS };
    return listed.reading;
  };

  const of = gather<string, ChannelInfo | null>(async (channels) => {
    const unknown = () => [...new Set(channels)].filter((channel) => recall(channel) === undefined);
    if (unknown().length > MANY) await list();
    await Promise.all(
      unknown().map(async (channel) => {
        const info = await readOne(client, channel);
        if (info) remember(channel, info);
      }),
    );
    return new Map(channels.map((channel) => [channel, recall(channel) ?? null]));
  });
  return { of, forget: (channel) => void known.delete(channel) };
}

async function readOne(client: WebClient, channel: string): Promise<ChannelInfo | null> {
  const answer = await callSlackAgain(client, 'conversations.info', { channel }, 2).catch(() => null);
  const parsed = answerSchema.safeParse(answer);
  return parsed.success ? parsed.data.channel : null;
}

async function readAll(client: WebClient, remember: (channel: string, info: ChannelInfo) => void): Promise<void> {
  let cursor = '';
  for (let page = 0; page < PAGES; page += 1) {
    const parameters = { types: 'public_channel,private_channel', limit: PAGE, ...(cursor ? { cursor } : {}) };
    const answer = pageSchema.parse(await callSlackAgain(client, 'conversations.list', parameters));
    for (const { id, ...info } of answer.channels) remember(id, info);
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (cursor === '') return;
  }
}
