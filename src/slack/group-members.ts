import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { ReadGroupMembers } from '../pipeline/acting.ts';
import type { Log } from '../pipeline/ports.ts';
import { callSlack } from './web-call.ts';

const membersSchema = z.object({ users: z.array(z.string()) });
/** Somebody waits for it, and an action does. */
const TIMEOUT_MS = 5_000;

/**
 * The members of a user group as Slack has them just now; nothing is remembered, as they decide who may approve. Null
 * where Slack does not say: without the scope `usergroups:read`, for a group that is gone, in time.
 */
export function createGroupReader(client: WebClient, log: Log): ReadGroupMembers {
  return async (usergroup) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('Slack took too long')), TIMEOUT_MS);
    });
    try {
      return membersSchema.parse(await Promise.race([callSlack(client, 'usergroups.users.list', { usergroup }), late]))
        .users;
    } catch (err) {
      log.warn({ err, usergroup }, 'could not look up the members of a user group; they may not approve now');
      return null;
    } finally {
      clearTimeout(timer);
    }
  };
}
