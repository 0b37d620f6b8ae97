import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Audience } from '../core/policy/audience.ts';
import { DeliveryError } from '../pipeline/delivery-error.ts';
import type { Clock } from '../pipeline/ports.ts';
import type { ChannelFacts } from '../pipeline/subscribe.ts';
import { type ChannelInfo, createChannelInfos } from './channel-infos.ts';
import { callSlackAgain } from './web-call.ts';

const pageSchema = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string().optional() })).default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

const PAGES = 20;

const membersSchema = z.object({
  members: z.array(z.string()).default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).nullish(),
});

/** Names to ids, and who reads what is posted. */
export interface Directory {
  /**
   * The id of a channel given as an id, `name` or `#name`; remembered once found. A person's id stands for the direct
   * messages with them.
   * @throws DeliveryError `permanent` `channel_not_found` when Seepass cannot see such a channel.
   */
  channelId(nameOrId: string): Promise<string>;
  /** Who reads what is posted in a channel, remembered for five minutes; what cannot be told counts as public. */
  audienceOf(channel: string): Promise<Audience>;
  /** What Slack says of a channel, remembered as long; null where it does not say. */
  describe(channel: string): Promise<ChannelFacts | null>;
  /** Asks Slack anew for a channel that has become another, by whatever name. */
  forget(channel: string): void;
  /** Whether a person is in a channel; false where Slack does not say. */
  isIn(channel: string, user: string): Promise<boolean>;
}

/** Whether an id is a person's. */
export const isPerson = (id: string): boolean => /^[UW][A-Z0-9]{7,}$/.test(id);

export function createDirectory(client: WebClient, clock: Clock): Directory {
  const known = new Map<string, string>();
  const infos = createChannelInfos(client, clock);
  return {
    async audienceOf(channel) {
      if (isConversation(channel)) return 'asker';
      const info = await infos.of(channel);
      return info ? audienceFrom(info) : 'public_channel';
    },

    async describe(channel) {
      if (isConversation(channel))
        return { id: channel, name: null, isShared: false, isDirect: true, isArchived: false, hasApp: true };
      const info = await infos.of(channel);
      return info && factsFrom(channel, info);
    },

    forget(channel) {
      infos.forget(channel);
      for (const [name, id] of known) if (id === channel) known.delete(name);
    },

    async isIn(channel, user) {
      if (isConversation(channel)) return false;
      let cursor = '';
      for (let page = 0; page < PAGES; page += 1) {
        const parameters = { channel, limit: 1000, ...(cursor ? { cursor } : {}) };
        const answer = await callSlackAgain(client, 'conversations.members', parameters, 2).catch(() => null);
        const parsed = membersSchema.safeParse(answer);
        if (!parsed.success) return false;
        if (parsed.data.members.includes(user)) return true;
        cursor = parsed.data.response_metadata?.next_cursor ?? '';
        if (cursor === '') return false;
      }
      return false;
    },

    async channelId(nameOrId) {
      const text = nameOrId.trim();
      if (/^[CGD][A-Z0-9]{7,}$/.test(text) || isPerson(text)) return text;
      const name = text.replace(/^#/, '').toLowerCase();
      const id = known.get(name) ?? (await findChannel(client, name));
      known.set(name, id);
      return id;
    },
  };
}

/** A person's own messages with Seepass, by their id or the person's: nothing has to be looked up. */
const isConversation = (id: string): boolean => id.startsWith('D') || isPerson(id);

const isShared = (info: ChannelInfo): boolean => info.is_ext_shared || info.is_pending_ext_shared;

function audienceFrom(info: ChannelInfo): Audience {
  if (isShared(info)) return 'public_channel';
  if (info.is_im) return 'asker';
  return info.is_mpim || info.is_private ? 'private_channel' : 'public_channel';
}

/** Of a group's messages Slack tells only those who are in it, and says no more. */
const factsFrom = (id: string, info: ChannelInfo): ChannelFacts => ({
  id,
  name: info.is_im || info.is_mpim ? null : (info.name ?? null),
  isShared: isShared(info),
  isDirect: info.is_im,
  isArchived: info.is_archived,
  hasApp: info.is_member ?? (info.is_im || info.is_mpim),
});

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
    blames: 'channel',
    fix: 'Check SEEPASS_CHANNEL, and invite Seepass to the channel with /invite.',
  });
}
