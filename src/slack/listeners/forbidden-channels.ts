import { setTimeout as delay } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import type { ListenerDeps } from '../deps.ts';
import { type BlockAction, blockActionSchema } from '../payloads.ts';
import { buildForbiddenHere } from '../views/paused-channel.ts';
import { guard } from './guard.ts';
import { tellInChannel } from './incident-press.ts';
import { tellPresser } from './tell.ts';

/** What Slack says of a channel is remembered as a rule; where it has to be asked, a press is not kept waiting for it. */
const PATIENCE_MS = 1_000;

/** A message that was posted while it might be: its buttons answer with words once its channel may not see any more. */
export function registerForbiddenChannels(app: App, deps: ListenerDeps): void {
  app.use(async ({ body, ack, next }) => {
    const parsed = blockActionSchema.safeParse(body);
    const channel = parsed.success ? channelOf(parsed.data) : null;
    if (!parsed.success || channel === null) return next();
    const asked = deps.whyForbidden(channel).catch(() => null);
    const forbidden = await Promise.race([asked, delay(PATIENCE_MS, null, { ref: false })]);
    if (forbidden === null) return next();
    await ack?.();
    const pressed = parsed.data;
    const user = pressed.user.id;
    const tell = pressed.response_url
      ? (notice: Parameters<typeof tellPresser>[2]) => tellPresser(deps, pressed, notice)
      : tellInChannel(deps, user, channel);
    await guard(deps.log, {
      what: 'I could not look at this channel',
      about: { action: pressed.actions[0]?.action_id, user, channel, forbidden },
      tell,
      work: async () => {
        await tell(buildForbiddenHere(forbidden));
        await deps.reviewChannel(channel);
      },
    });
  });
}

/** Where the button is, or where the one was that opened its modal. */
function channelOf({ channel, view }: BlockAction): string | null {
  const at = channel?.id ?? view?.private_metadata ?? '';
  return /^[CG][A-Z0-9]{7,}$/.test(at) ? at : null;
}
