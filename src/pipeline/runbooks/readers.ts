import type { Audience } from '../../core/policy/audience.ts';
import type { RunbookReaders, RunbookStore } from '../runbooks.ts';

/** Who is where, as the platform says just now. */
export interface Memberships {
  /** Those of the channels that the person is in. */
  channelsOf(user: string, channels: readonly string[]): Promise<string[]>;
  /** Those of the groups that the person belongs to; none where the platform does not say. */
  groupsOf(user: string, groups: readonly string[]): Promise<string[]>;
  /** Whether people of other companies read along; true where the platform does not say. */
  hasStrangers(channel: string): Promise<boolean>;
}

/** Who asks, and where; ids are null on the command line. */
interface Request {
  asker: { user: string | null };
  audience: Audience;
  channel: string | null;
}

/**
 * Who reads the answer to a request: in a channel whoever is in it, and alone whoever asks.
 * @param memberships null where no platform is connected: then only what is for everybody is read.
 */
export async function readersOf(
  { runbooks, memberships }: { runbooks: Pick<RunbookStore, 'audiences'>; memberships: Memberships | null },
  { asker, audience, channel }: Request,
): Promise<RunbookReaders> {
  if (asker.user === null && channel === null) return 'operator';
  if (audience !== 'asker') return channel === null ? { channels: [], groups: [] } : readersIn(channel, memberships);
  if (asker.user === null) return { channels: [], groups: [] };
  return readerAlone({ runbooks, memberships }, asker.user);
}

/** One person, in private. */
export async function readerAlone(
  { runbooks, memberships }: { runbooks: Pick<RunbookStore, 'audiences'>; memberships: Memberships | null },
  user: string,
): Promise<Exclude<RunbookReaders, 'operator'>> {
  if (memberships === null) return { channels: [], groups: [] };
  const named = await runbooks.audiences();
  const [channels, groups] = await Promise.all([
    memberships.channelsOf(user, named.channels),
    memberships.groupsOf(user, named.groups),
  ]);
  return { channels, groups };
}

/** Everybody in a channel. */
export async function readersIn(channel: string, memberships: Memberships | null): Promise<RunbookReaders> {
  const hasStrangers = memberships === null || (await memberships.hasStrangers(channel));
  return { channels: [channel], groups: [], hasStrangers };
}
