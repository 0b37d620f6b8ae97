/** What the pipeline needs to keep what tools send until its events are stored. */
import type { Source, StorableEvent } from '../core/records.ts';

/** What a tool sent, or what has to be fetched from it because of that. */
export type DeliveryKind = 'sent' | 'fetch';

export interface NewDelivery {
  /** UUIDv7. */
  id: string;
  source: Source;
  kind: DeliveryKind;
  /** What makes it the same delivery when it comes again: a UUID made of its id or its content. */
  key: string;
  /** Epoch milliseconds. */
  receivedAt: number;
  /** Which key sealed the body. */
  sealedWith: string;
  body: Uint8Array;
}

/** A delivery that is ours until its lease ends; `attempts`, this one included, tells our claim from a later one. */
export interface ClaimedDelivery extends NewDelivery {
  attempts: number;
}

export interface DeliveryClaim {
  kind: DeliveryKind;
  leaseMs: number;
  /** At most so many, and so many bytes of bodies beyond the first. */
  limit: number;
  bytes: number;
}

export type DeliveryOutcome = 'duplicate' | 'ignored' | 'rejected' | 'refused';

/** So many parts or deliveries of a source came to this; `detail` is a short reason or kind, or empty. */
export interface DeliveryCount {
  source: string;
  outcome: DeliveryOutcome;
  detail: string;
  n: number;
}

/** What became of claimed deliveries: all of it happens in one transaction. */
export interface SettledDeliveries {
  done: readonly { delivery: ClaimedDelivery; events: number }[];
  events: readonly StorableEvent[];
  /** What has to be fetched because of them. */
  needs: readonly NewDelivery[];
  counts: readonly DeliveryCount[];
}

/** A delivery that could not be read again and again; its sealed body is kept. */
export interface DeadDelivery {
  id: string;
  source: string;
  kind: DeliveryKind;
  /** Epoch milliseconds. */
  received_at: number;
  attempts: number;
  last_error: string | null;
}

/** How the queue stands. */
export interface DeliveryBacklog {
  waiting: number;
  /** When the longest waiting one was received, epoch milliseconds. */
  oldest: number | null;
  dead: number;
}

export interface DeliveryStore {
  /** Stores them in one statement. @returns the ids of those that were not known; the others were received before. */
  add(deliveries: readonly NewDelivery[]): Promise<ReadonlySet<string>>;
  /** Those due longest first. One that failed before comes alone, so that it cannot take others with it. */
  claim(claim: DeliveryClaim): Promise<ClaimedDelivery[]>;
  /**
   * Stores the events, drops the bodies and counts, all or nothing.
   * @throws ConflictError when one of them is no longer ours.
   */
  settle(settled: SettledDeliveries): Promise<{ stored: number; duplicates: number }>;
  /** Puts one back until `retryAt` (epoch ms), or among the dead where that is null. Nothing when it is no longer ours. */
  fail(delivery: ClaimedDelivery, error: string, retryAt: number | null): Promise<void>;
  /** Adds to what was counted today. */
  count(counts: readonly DeliveryCount[]): Promise<void>;
  /** What was counted in the last days, largest first. @param days today included. */
  counted(days: number): Promise<DeliveryCount[]>;
  /** @param limit counts no further than this. */
  backlog(limit: number): Promise<DeliveryBacklog>;
  /** The dead, latest first. */
  dead(limit: number): Promise<DeadDelivery[]>;
  /** Puts a dead one, or all of them, back in the queue. @returns how many. */
  retry(id: string | 'all', actor: string): Promise<number>;
  /** Deletes what was parsed, and what died, before these instants (epoch ms). @returns how many. */
  prune(before: { parsed: number; dead: number }): Promise<number>;
}
