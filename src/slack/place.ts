/** Where a message goes: a channel, and the thread in it. */
export interface Place {
  channel: string;
  thread_ts?: string | undefined;
}
