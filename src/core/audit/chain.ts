/**
 * The chain over audit entries. Entries of concurrent transactions commit out of order, so they are numbered when they
 * are sealed: sealing takes what is committed, gives it the next numbers and hashes each entry over the one before it.
 * Segments hold entries of one class; a segment's hash covers its header with the hash of its last entry and of the
 * segment before it, so that it stands for its entries when retention has dropped them.
 */
import type { AuditEntry, JsonObject } from '../records.ts';
import type { AuditClass } from './audit-class.ts';
import { canonicalJson } from './canonical-json.ts';
import { classOf } from './known-actions.ts';

/** SHA-256 of the text's UTF-8 bytes, lower-case hex. */
export type Sha256 = (text: string) => string;

export interface SealedEntry extends AuditEntry {
  /** From 1. */
  segment: number;
  /** From 1, over all segments. */
  sequence: number;
  hash: string;
}

export interface Segment {
  /** From 1, without gaps. */
  number: number;
  class: AuditClass;
  /** Sequence of its first entry. */
  first: number;
  /** How many entries it was sealed with. */
  count: number;
  /** Epoch milliseconds: of its earliest and latest entry, and when it was sealed. */
  firstAt: number;
  lastAt: number;
  sealedAt: number;
  /** Hash of the segment before it; of the first one, the workspace's origin. */
  previous: string;
  /** Hash of its last entry. */
  head: string;
  hash: string;
  /** Id of the `audit.drop` entry that tells of its end; null while its entries are there. Not part of its hash. */
  droppedBy: string | null;
}

/** Where a chain goes on: the last segment's number and hash, and the sequence of its last entry. */
export interface ChainEnd {
  number: number;
  sequence: number;
  hash: string;
}

/** Before the first segment: chains of two workspaces never fit each other. */
export const originOf = (workspace: string, sha256: Sha256): ChainEnd => ({
  number: 0,
  sequence: 0,
  hash: sha256(`seepass audit of ${workspace}`),
});

export const endOf = ({ number, first, count, hash }: Segment): ChainEnd => ({
  number,
  sequence: first + count - 1,
  hash,
});

/** Numbers and hashes entries, in the order given: one new segment for each class among them. */
export function sealEntries(
  entries: readonly AuditEntry[],
  options: { after: ChainEnd; sealedAt: number; sha256: Sha256 },
): { segments: Segment[]; entries: SealedEntry[] } {
  const byClass = new Map<AuditClass, AuditEntry[]>();
  for (const entry of entries) {
    const kind = classOf(entry.action);
    const own = byClass.get(kind);
    if (own) own.push(entry);
    else byClass.set(kind, [entry]);
  }
  const sealed: { segments: Segment[]; entries: SealedEntry[] } = { segments: [], entries: [] };
  let end = options.after;
  for (const [kind, own] of byClass) {
    const { segment, entries: numbered } = sealSegment(kind, own, { ...options, after: end });
    sealed.segments.push(segment);
    sealed.entries.push(...numbered);
    end = endOf(segment);
  }
  return sealed;
}

function sealSegment(
  kind: AuditClass,
  entries: readonly AuditEntry[],
  { after, sealedAt, sha256 }: { after: ChainEnd; sealedAt: number; sha256: Sha256 },
): { segment: Segment; entries: SealedEntry[] } {
  const number = after.number + 1;
  let head = after.hash;
  let [firstAt, lastAt] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const sealed = entries.map((entry, index) => {
    const numbered = { ...entry, segment: number, sequence: after.sequence + 1 + index };
    head = hashEntry(numbered, head, sha256);
    firstAt = Math.min(firstAt, entry.at);
    lastAt = Math.max(lastAt, entry.at);
    return { ...numbered, hash: head };
  });
  const header = { number, class: kind, first: after.sequence + 1, count: entries.length, firstAt, lastAt, sealedAt };
  const unhashed = { ...header, previous: after.hash, head };
  return {
    segment: { ...unhashed, hash: hashSegment(unhashed, sha256), droppedBy: null },
    entries: sealed,
  };
}

/** @param previous hash of the entry before it in its segment; of the first one, of the segment before. */
export function hashEntry(entry: Omit<SealedEntry, 'hash'>, previous: string, sha256: Sha256): string {
  return sha256(`${previous}\n${canonicalJson(entryForm(entry))}`);
}

/** Over its header alone: `head` stands for its entries. */
export function hashSegment(segment: Omit<Segment, 'hash' | 'droppedBy'>, sha256: Sha256): string {
  return sha256(canonicalJson(segmentForm(segment)));
}

/** An entry as it is hashed and exported; `hash` is left out of what is hashed. */
export function entryForm(entry: Omit<SealedEntry, 'hash'>): JsonObject {
  const { segment, sequence, id, at, actor, actor_role, action, subject_type, subject_id, channel } = entry;
  const { outcome, details } = entry;
  const what = { action, subject_type, subject_id, channel, outcome, details };
  return { segment, sequence, id, at: isoOf(at), actor, actor_role, ...what };
}

/** A segment as it is hashed and exported; its hash and its end are left out of what is hashed. */
export function segmentForm(segment: Omit<Segment, 'hash' | 'droppedBy'>): JsonObject {
  const { number, class: kind, first, count, firstAt, lastAt, sealedAt, previous, head } = segment;
  const times = { first_at: isoOf(firstAt), last_at: isoOf(lastAt), sealed_at: isoOf(sealedAt) };
  return { number, class: kind, first, count, ...times, previous, head };
}

const isoOf = (at: number): string => new Date(at).toISOString();
