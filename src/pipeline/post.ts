import type { DigestModel } from '../core/delivery/digest-model.ts';
import { buildDigest, type DigestContext } from './digest.ts';
import type { OutgoingMessage } from './ports.ts';

export const DIGEST_KIND = 'digest';

/** Turns a digest into a message; the views live with the platform. */
export type DigestRenderer = (model: DigestModel) => OutgoingMessage;

/**
 * Puts the digest of a judged day into the outbox, once per channel and day however often it is called.
 * @returns false when it was there already, and nothing was changed.
 * @throws SeepassError `not_found` when that day was never judged.
 */
export async function enqueueDigest(
  context: DigestContext & { renderDigest: DigestRenderer },
  target: { channel: string; date: string },
): Promise<boolean> {
  const { outbox } = context.stores;
  if (await outbox.find(DIGEST_KIND, target.channel, target.date)) return false;
  const message = context.renderDigest(await buildDigest(context, target.date));
  return outbox.enqueue({ kind: DIGEST_KIND, channel: target.channel, subject: target.date, sequence: 0, message });
}
