import { mayPost, type PostingPolicy } from '../posting-policy.ts';
import type { Poster } from './post-due.ts';

/** Posts only where Seepass may; elsewhere what the channel asked for is paused. */
export function withinPolicy(policy: PostingPolicy, poster: Poster): Poster {
  return async (subscription, dueAt) => {
    if (await mayPost(policy, subscription.channel)) await poster(subscription, dueAt);
  };
}
