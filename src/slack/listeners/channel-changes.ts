import type { App } from '@slack/bolt';
import type { ListenerDeps } from '../deps.ts';
import { channelChangedSchema } from '../payloads.ts';
import { guard } from './guard.ts';

/** A channel that is shared, renamed or archived is looked at when that happens, not at its next post. */
export function registerChannelChanges(app: App, deps: ListenerDeps): void {
  const changed = async ({ event }: { event: { type: string } }): Promise<void> => {
    const { channel } = channelChangedSchema.parse(event);
    await guard(deps.log, {
      what: 'I could not see what became of a channel',
      about: { event: event.type, channel },
      // Nobody asked for anything: the log alone says it, and the next post looks again.
      tell: async () => undefined,
      work: () => deps.reviewChannel(channel),
    });
  };
  app.event('channel_shared', changed);
  app.event('channel_unshared', changed);
  app.event('channel_rename', changed);
  app.event('channel_archive', changed);
  app.event('channel_unarchive', changed);
  app.event('group_rename', changed);
  app.event('group_archive', changed);
  app.event('group_unarchive', changed);
}
