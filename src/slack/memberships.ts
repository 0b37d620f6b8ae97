import type { ReadGroupMembers } from '../pipeline/acting.ts';
import type { Memberships } from '../pipeline/runbooks/readers.ts';
import type { Directory } from './directory.ts';

/** Who is where, as Slack says; what it does not say counts as no. */
export function createMemberships(directory: Directory, groupMembers: ReadGroupMembers): Memberships {
  return {
    async channelsOf(user, channels) {
      const are = await Promise.all(channels.map((channel) => directory.isIn(channel, user)));
      return channels.filter((_, at) => are[at]);
    },
    async groupsOf(user, groups) {
      const members = await Promise.all(groups.map(groupMembers));
      return groups.filter((_, at) => members[at]?.includes(user));
    },
    hasStrangers: async (channel) => (await directory.describe(channel))?.isShared ?? true,
  };
}
