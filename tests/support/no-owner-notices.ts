import type { OwnerNotices } from '../../src/pipeline/owner-notices.ts';

/** For apps whose test is about something else. */
export const noOwnerNotices: Pick<OwnerNotices, 'acknowledge'> = {
  acknowledge: async () => {
    throw new Error('no notice is acknowledged here');
  },
};
