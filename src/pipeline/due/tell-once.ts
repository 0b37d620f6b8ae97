import { holdBack } from '../../core/delivery/hold-back.ts';
import { type Told, toldOf } from '../../core/delivery/told.ts';
import { buildDigest, type DigestContext, type DigestReader } from '../digest.ts';
import type { DigestRenderer } from '../digest-message.ts';
import type { OutgoingMessage } from '../ports.ts';

/** A digest as it is posted, and what is kept of it. */
export interface Telling {
  message: OutgoingMessage;
  told: Told;
}

/** @param due when the digest is due (epoch ms) and the judged day it is about. */
export type Teller = (due: { at: number; date: string }, reader: DigestReader) => Promise<Telling>;

type TellerContext = DigestContext & { renderDigest: DigestRenderer };

/** @throws SeepassError `not_found` when the day was never judged. */
export function createTeller(context: TellerContext): Teller {
  return async ({ date }, reader) => {
    const message = context.renderDigest(await buildDigest(context, date, reader));
    const { told } = holdBack(
      await context.stores.priorities.listPriorities(date),
      reader.subscription,
      reader.findMute,
    );
    return { message, told: toldOf(date, told, context) };
  };
}

/**
 * The same, in which channels that ask for the same pages and were told the same before share one telling: for as long as
 * one round of posts takes, after which it is thrown away.
 */
export function tellOnce(tell: Teller): Teller {
  const known = new Map<string, Promise<Telling>>();
  return (due, reader) => {
    const { subscription, before, heldAlerts, done, lastIncident } = reader;
    const { surfaces, severity } = subscription;
    // What is muted is the same for everybody at an instant.
    const key = JSON.stringify([due.at, due.date, surfaces, severity, before ?? null, heldAlerts, done, lastIncident]);
    const shared = known.get(key) ?? tell(due, reader);
    known.set(key, shared);
    shared.catch(() => known.delete(key));
    return shared;
  };
}
