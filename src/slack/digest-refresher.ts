import { DIGEST_KIND } from '../pipeline/digest-message.ts';
import { rebuildDigest } from '../pipeline/due/digest-poster.ts';
import type { ListenerDeps } from './deps.ts';
import { messageParameters } from './messenger.ts';
import { buildDigestMessage } from './views/digest.ts';
import { callSlackAgain } from './web-call.ts';

const ROUNDS = 5;

/** Brings a posted digest up to date; tells whether the message is a digest of ours. */
export type RefreshDigest = (channel: string, ts: string) => Promise<boolean>;

/**
 * Rebuilds a posted digest from the stored state. Clicks that come while one rebuild runs share the next,
 * and a rebuild ends only when what it sent is still what the stores say, so that the last update is
 * right whichever process sent it.
 */
export function createDigestRefresher(deps: ListenerDeps): RefreshDigest {
  const running = new Map<string, Promise<boolean>>();
  const waiting = new Map<string, Promise<boolean>>();

  return (channel, ts) => {
    const key = `${channel}/${ts}`;
    const start = (): Promise<boolean> => {
      const turn = refresh(deps, channel, ts).finally(() => running.delete(key));
      running.set(key, turn);
      return turn;
    };
    const current = running.get(key);
    if (!current) return start();
    const next =
      waiting.get(key) ??
      current
        .catch(() => false)
        .then(() => {
          waiting.delete(key);
          return start();
        });
    waiting.set(key, next);
    return next;
  };
}

async function refresh(deps: ListenerDeps, channel: string, ts: string): Promise<boolean> {
  const posted = await deps.stores.outbox.findByMessage(channel, ts);
  if (posted?.kind !== DIGEST_KIND || (await deps.whyForbidden(channel)) !== null) return false;
  let sent = '';
  for (let round = 0; round < ROUNDS; round += 1) {
    const message = buildDigestMessage(await rebuildDigest(deps, posted.subject));
    const now = JSON.stringify(message.blocks);
    if (now === sent) return true;
    await callSlackAgain(deps.client, 'chat.update', { channel, ts, ...messageParameters(message) });
    sent = now;
  }
  return true;
}
