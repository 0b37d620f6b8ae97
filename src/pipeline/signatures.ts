/** Known error signatures: looking them up, and merging those that a person says are one fault. */
import type { Role } from '../core/records.ts';

/** What is known of an error signature. */
export interface KnownSignature {
  signature: string;
  /** The message without what varies, or the signature itself. */
  title: string;
  /** The redacted message of the earliest event; empty where none had one. */
  example: string;
  /** Deep links to the tool, of the first and the latest event. */
  first_url: string | null;
  latest_url: string | null;
  /** Epoch milliseconds. */
  first_seen: number;
  last_seen: number;
  first_release: string | null;
  /** In the order they were first seen here; at most about a hundred. */
  releases: string[];
  /** The signature it is counted under, directly; null where it counts for itself. */
  merged_into: string | null;
  /** The signatures that were merged into it, directly. */
  merged: string[];
}

export interface SignatureStore {
  /** Latest seen first; with `search`, those that hold the text. */
  list(limit: number, search?: string): Promise<KnownSignature[]>;
  find(signature: string): Promise<KnownSignature | undefined>;
  /**
   * Counts a signature under another from now on, and marks the days it was seen on to be made again; its audit row
   * shares the transaction.
   * @throws SeepassError `not_found` for a signature nobody has seen, `bad_arguments` when it would go round in a circle.
   * @throws ConflictError when it is merged already.
   */
  merge(from: string, into: string, by: SignatureActor): Promise<void>;
  /**
   * Counts groups of one fault that imports made at the same time as one, with an audit row by `system` each; what a
   * person took apart again stays apart.
   * @returns how many were merged into another.
   */
  mergeTwins(): Promise<number>;
  /**
   * Takes a merge back.
   * @returns what it had been merged into.
   * @throws SeepassError `not_found` for a signature nobody has seen.
   * @throws ConflictError when it was not merged.
   */
  unmerge(signature: string, by: SignatureActor): Promise<string>;
}

/** Who merges: for the audit row. */
export interface SignatureActor {
  actor: string;
  role: Role | 'system';
  channel: string | null;
}
