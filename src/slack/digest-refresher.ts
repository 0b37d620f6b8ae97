import { buildDigest } from '../pipeline/digest.ts';
import { DIGEST_KIND } from '../pipeline/post.ts';
import type { ListenerDeps } from './deps.ts';
import { messageParameters } from './messenger.ts';
import { buildDigestMessage } from './views/digest.ts';
import { callSlackAgain } from './web-call.ts';

const ROUNDS = 5;

/**
 * Rebuilds a posted digest from the stored state. Clicks on one message take turns, and each
 * rebuild ends only when what it sent is still what the stores say, so that the last update is right
 * whichever process sent it. The promise tells whether the message is a digest of ours.
 */
export function createDigestRefresher(deps: ListenerDeps): (channel: string, ts: string) => Promise<boolean> {
  const queues = new Map<string, Promise<boolean>>();
  return (channel, ts) => {
    const key = `${channel}/${ts}`;
    const before = queues.get(key) ?? Promise.resolve(false);
    const turn = before.catch(() => false).then(() => refresh(deps, channel, ts));
    queues.set(key, turn);
    void turn
      .catch(() => false)
      .finally(() => {
        if (queues.get(key) === turn) queues.delete(key);
      });
    return turn;
  };
}

async function refresh(deps: ListenerDeps, channel: string, ts: string): Promise<boolean> {
  const posted = await deps.stores.outbox.findByMessage(channel, ts);
  if (posted?.kind !== DIGEST_KIND) return false;
  let sent = '';
  for (let round = 0; round < ROUNDS; round += 1) {
    const message = buildDigestMessage(await buildDigest(deps, posted.subject));
    const now = JSON.stringify(message.blocks);
    if (now === sent) return true;
    await callSlackAgain(deps.client, 'chat.update', { channel, ts, ...messageParameters(message) });
    sent = now;
  }
  return true;
}
