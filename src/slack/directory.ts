import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { DeliveryError } from '../pipeline/delivery-error.ts';
import { callSlackAgain } from './web-call.ts';

const pageSchema = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string().optional() })).default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

const PAGES = 20;

/** Names to ids. */
export interface Directory {
  /**
   * The id of a channel given as an id, `name` or `#name`; remembered once found.
   * @throws DeliveryError `permanent` `channel_not_found` when Seepass cannot see such a channel.
   */
  channelId(nameOrId: string): Promise<string>;
}

export function createDirectory(client: WebClient): Directory {
  const known = new Map<string, string>();
  return {
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
