import type { App } from '@slack/bolt';
import type { ListenerDeps } from '../deps.ts';
import { memberJoinedSchema } from '../payloads.ts';
import { guard } from './guard.ts';

/** Being invited brings back what was paused in a channel; the next post says enough of it. */
export function registerInvitations(app: App, deps: ListenerDeps): void {
  app.event('member_joined_channel', async ({ event, context }) => {
    const { user, channel, inviter } = memberJoinedSchema.parse(event);
    if (user !== context.botUserId) return;
    await guard(deps.log, {
      what: 'I could not go on with what was paused',
      about: { event: 'member_joined_channel', channel },
      // Nobody asked for anything: the log alone says it.
      tell: async () => undefined,
      work: async () => {
        const resumed = await deps.subscribing.resume(channel, inviter ?? null);
        if (resumed.length === 0) return;
        const subscriptions = resumed.map(({ number }) => number);
        deps.log.info({ channel, subscriptions }, 'invited again: what was paused goes on');
      },
    });
  });
}
