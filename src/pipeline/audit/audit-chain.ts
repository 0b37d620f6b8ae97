/** The chain over audit entries, as a store keeps it: see core/audit/chain.ts. */
import type { AuditClass } from '../../core/audit/audit-class.ts';
import type { ChainEnd, SealedEntry, Segment } from '../../core/audit/chain.ts';

export type ChainRecord = { kind: 'segment'; segment: Segment } | { kind: 'entry'; entry: SealedEntry };

/** Segments of the class whose latest entry is older than `until`, epoch milliseconds. */
export interface ClassLimit {
  class: AuditClass;
  until: number;
}

export interface AuditChain {
  /**
   * Seals what is committed and not sealed yet, by time, at most `limit` entries, as the only one who does.
   * @returns the new segments; none when nothing was left.
   */
  seal(limit: number): Promise<Segment[]>;
  /** Drops the entries of some segments past the limit, with a sealed entry that tells of it; again drops more. */
  drop(limit: ClassLimit): Promise<{ segments: number; entries: number }>;
  /** The chain after a segment's number (0 for all), as it stood at one moment. */
  read<T>(after: number, work: (records: AsyncIterable<ChainRecord>) => Promise<T>): Promise<T>;
  /** Where it ends, and what waits to be sealed; the times are epoch milliseconds. */
  end(): Promise<{ end: ChainEnd; unsealed: number; oldestUnsealed: number | null }>;
}

/** Which entries somebody wants to see; null is all. */
export interface AuditFilter {
  /** A platform's user id, `system`, or `cli` for everybody on the command line. */
  actor: string | null;
  /** First parts of actions: `proposal` is all of `proposal.…`. */
  about: readonly string[] | null;
  /** Epoch milliseconds, included. */
  since: number | null;
  /** Only those before this entry. */
  before: { at: number; id: string } | null;
}
