/** How fast the app may post: Slack promises one message a second in a channel and tolerates short bursts. */

export interface Pacing {
  /** Messages a channel takes at once after a rest. Slack promises none; people have measured more. */
  burst: number;
  /** Messages a second after that. */
  perSecond: number;
}

/** What the workspace of the demo holds the app to. */
export const STRICT_PACING: Pacing = { burst: 4, perSecond: 1 };

/** A bucket a channel: full after a rest, one message out of it each time, filled again with time. */
export class PostPacer {
  readonly #pacing: Pacing;
  readonly #clock: () => number;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(pacing: Pacing, clock: () => number) {
    this.#pacing = pacing;
    this.#clock = clock;
  }

  /** Takes one message out of a channel's bucket; where it is empty, says in how many whole seconds to come back. */
  take(channel: string): number | undefined {
    const { burst, perSecond } = this.#pacing;
    const now = this.#clock();
    const before = this.#buckets.get(channel) ?? { left: burst, at: now };
    const left = Math.min(burst, before.left + ((now - before.at) / 1000) * perSecond);
    if (left < 1) {
      this.#buckets.set(channel, { left, at: now });
      return Math.max(1, Math.ceil((1 - left) / perSecond));
    }
    this.#buckets.set(channel, { left: left - 1, at: now });
    return undefined;
  }
}
