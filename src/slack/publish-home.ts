import type { JsonObject } from '../core/records.ts';
import { DeliveryError } from '../pipeline/delivery-error.ts';
import type { ListenerDeps } from './deps.ts';
import { isMember } from './membership.ts';
import { buildHome } from './views/home.ts';
import { callSlackAgain } from './web-call.ts';

export interface HomeShown {
  /** Of the view that is being replaced: whoever replaced it in between read it later. */
  hash?: string | undefined;
  /** What came of a button, shown first. */
  notice?: readonly JsonObject[];
}

/**
 * Reads the Home of a person and shows it. Where another process showed a newer one meanwhile, it is read and shown
 * once more, so that the last to be shown is never the older.
 */
export async function publishHome(deps: ListenerDeps, user: string, { hash, notice = [] }: HomeShown): Promise<void> {
  const show = async (replaced: string | undefined): Promise<void> => {
    const model = await deps.home.read(user, (channel) => isMember(deps.client, channel));
    await publishView(deps, user, buildHome(model, notice), replaced);
  };
  try {
    await show(hash);
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.reason !== 'hash_conflict') throw error;
    await show(undefined);
  }
}

/** Shows a Home view as it is. */
export async function publishView(
  { client }: Pick<ListenerDeps, 'client'>,
  user: string,
  view: JsonObject,
  hash?: string,
): Promise<void> {
  await callSlackAgain(client, 'views.publish', { user_id: user, view, ...(hash === undefined ? {} : { hash }) });
}

/**
 * Reads and builds a Home for nobody and publishes nothing: what a database plans and an engine compiles the first time
 * is most of what the first person to open it would wait for.
 */
export async function rehearseHome({ home }: Pick<ListenerDeps, 'home'>): Promise<void> {
  buildHome(await home.read('', async () => null));
}
