/** What the owner of a channel's subscriptions is told when it takes no messages any more. */
export interface PausedChannel {
  channel: string;
  /** The platform's own code, such as `not_in_channel`, or the policy's: `shared`, `not_listed`. */
  reason: string;
  /** Numbers of their subscriptions that are paused for it, ascending. */
  subscriptions: readonly number[];
}
