import type { App } from '@slack/bolt';
import type { JsonObject } from '../../core/records.ts';
import { buildDigest } from '../../pipeline/digest.ts';
import type { ListenerDeps } from '../deps.ts';
import { homeEventSchema } from '../payloads.ts';
import { buildHome } from '../views/home.ts';
import { callSlackAgain } from '../web-call.ts';
import { guard } from './guard.ts';

/** The App Home shows the latest judged day whenever somebody opens it. */
export function registerHome(app: App, deps: ListenerDeps): void {
  app.event('app_home_opened', async ({ event }) => {
    const { user, tab } = homeEventSchema.parse(event);
    // The same event comes for the Messages tab, where there is no view to publish.
    if (tab !== 'home') return;
    const publish = (view: JsonObject): Promise<void> =>
      callSlackAgain(deps.client, 'views.publish', { user_id: user, view }).then(() => undefined);
    await guard(deps.log, {
      what: 'I could not read the metrics',
      about: { event: 'app_home_opened', user },
      tell: (notice) => publish({ type: 'home', blocks: notice.blocks }),
      work: async () => {
        const day = await deps.stores.priorities.latestDay();
        await publish(buildHome(day ? await buildDigest(deps, day.date) : null));
      },
    });
  });
}
