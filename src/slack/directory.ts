import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Audience } from '../core/policy/audience.ts';
import { DeliveryError } from '../pipeline/delivery-error.ts';
import type { Clock } from '../pipeline/ports.ts';
import { callSlackAgain } from './web-call.ts';

const pageSchema = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string().optional() })).default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

const PAGES = 20;

const infoSchema = z.object({
  channel: z.object({
    is_im: z.boolean().default(false),
    is_mpim: z.boolean().default(false),
    is_private: z.boolean().default(false),
    is_ext_shared: z.boolean().default(false),
    is_pending_ext_shared: z.boolean().default(false),
  }),
});
/** A private channel may be opened, and shared with another company. */
const AUDIENCE_LIFE_MS = 5 * 60_000;

/** Names to ids, and who reads what is posted. */
export interface Directory {
  /**
   * The id of a channel given as an id, `name` or `#name`; remembered once found.
   * @throws DeliveryError `permanent` `channel_not_found` when Seepass cannot see such a channel.
   */
  channelId(nameOrId: string): Promise<string>;
  /** Who reads what is posted in a channel, remembered for five minutes; what cannot be told counts as public. */
  audienceOf(channel: string): Promise<Audience>;
}

export function createDirectory(client: WebClient, clock: Clock): Directory {
  const known = new Map<string, string>();
  const audiences = new Map<string, { audience: Audience; until: number }>();
  return {
    async audienceOf(channel) {
      if (channel.startsWith('D')) return 'asker';
      const remembered = audiences.get(channel);
      if (remembered && remembered.until > clock()) return remembered.audience;
      const audience = await readAudience(client, channel);
      if (audience === null) return 'public_channel';
      audiences.set(channel, { audience, until: clock() + AUDIENCE_LIFE_MS });
      return audience;
    },

    async channelId(nameOrId) {
      const text = nameOrId.trim();
      if (/^[CGD][A-Z0-9]{7,}$/.test(text)) return text;
      const name = text.replace(/^#/, '').toLowerCase();
      const id = known.get(name) ?? (await findChannel(client, name));
      known.set(name, id);
      return id;
    },
  };
}

/** Null where Slack does not say. */
async function readAudience(client: WebClient, channel: string): Promise<Audience | null> {
  const info = await callSlackAgain(client, 'conversations.info', { channel }, 2).catch(() => null);
  const parsed = infoSchema.safeParse(info);
  if (!parsed.success) return null;
  const { is_im, is_mpim, is_private, is_ext_shared, is_pending_ext_shared } = parsed.data.channel;
  if (is_ext_shared || is_pending_ext_shared) return 'public_channel';
  if (is_im) return 'asker';
  return is_mpim || is_private ? 'private_channel' : 'public_channel';
}

async function findChannel(client: WebClient, name: string): Promise<string> {
  let cursor = '';
  for (let page = 0; page < PAGES; page += 1) {
    const answer = pageSchema.parse(
      await callSlackAgain(client, 'conversations.list', {
        types: 'public_channel,private_channel',
        exclude_archived: true,
        limit: 1000,
        ...(cursor ? { cursor } : {}),
      }),
    );
    const found = answer.channels.find((channel) => channel.name === name);
    if (found) return found.id;
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (cursor === '') break;
  }
  throw new DeliveryError('permanent', `There is no channel "${name.slice(0, 80)}" that Seepass can see.`, {
    reason: 'channel_not_found',
    fix: 'Check SEEPASS_CHANNEL, and invite Seepass to the channel with /invite.',
  });
}
