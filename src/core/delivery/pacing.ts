/** The least between two messages in one channel, in milliseconds: Slack promises to take one a second. */
export const CHANNEL_PACE_MS = 1_000;
