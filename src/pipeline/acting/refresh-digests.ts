import { addDays } from '../../core/window.ts';
import { DIGEST_KIND } from '../digest-message.ts';
import { dueSubject } from '../due/due-subject.ts';
import type { Stores } from '../ports.ts';
import type { AnnounceProposal } from './show.ts';

interface RefreshContext {
  stores: Pick<Stores, 'digests' | 'outbox'>;
  /** Shows a posted digest as it is now. */
  refresh: (channel: string, ts: string) => Promise<unknown>;
}

/** A suggestion of a digest shows in the digest what became of it. */
export function createDigestAnnouncer({ stores, refresh }: RefreshContext): AnnounceProposal {
  return async ({ subject, revision }) => {
    // As it was suggested is how the digest shows it anyhow.
    if (subject.kind !== 'priority' || revision === 1) return;
    const range = { start: subject.date, end: addDays(subject.date, 1) };
    for (const { channel, subscriptionId, dueAt } of await stores.digests.listForDates(range)) {
      const posted = await stores.outbox.find(DIGEST_KIND, channel, dueSubject(subscriptionId, dueAt));
      if (posted?.message_ts) await refresh(channel, posted.message_ts);
    }
  };
}
