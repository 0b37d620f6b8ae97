import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { callSlack } from './web-call.ts';

const infoSchema = z.object({ channel: z.object({ is_member: z.boolean() }) });

/** Whether the app is in a channel; null where Slack does not say. */
export async function isMember(client: WebClient, channel: string): Promise<boolean | null> {
  const info = infoSchema.safeParse(await callSlack(client, 'conversations.info', { channel }).catch(() => null));
  return info.success ? info.data.channel.is_member : null;
}
