/** What is kept of runbooks, and how a section that covers something is found. */
import type { Citation } from '../core/runbook/citation.ts';
import type { ReadDocument, RunbookText } from '../core/runbook/document.ts';
import type { RunbookHit } from '../core/runbook/fuse.ts';
import type { RunbookNeed, SearchTerm } from '../core/runbook/search-terms.ts';
import type { Declarer } from './declarer.ts';

export type { RunbookNeed };

/**
 * Who will read what is found. A runbook that names channels or groups is found only where every reader is in one of
 * them; one that names none is for the whole workspace.
 */
export type RunbookReaders =
  /** Whoever runs the command line reads the database as well. */
  | 'operator'
  | {
      /** Platform ids of channels that every reader is in: an answer in a channel names that channel alone. */
      channels: readonly string[];
      /** Platform ids of user groups that every reader is in; none for a channel. */
      groups: readonly string[];
      /** Among them are people of other companies: then a runbook that names nobody is not for them. */
      hasStrangers?: boolean;
    };

export interface RunbookMatch {
  citation: Citation;
  /** 0-1: how much of what was looked for the section covers. */
  score: number;
  /** The day by which somebody should have looked it over has passed. */
  isOverdue: boolean;
}

/** What a search found: as many as were asked for in both lists together, or fewer. */
export interface RunbookFinds {
  /** Sections that cover the need, best first. */
  covering: RunbookMatch[];
  /** Those that come nearest without covering it, for somebody to look at. They are no answer and are never cited. */
  nearest: RunbookMatch[];
}

export interface RunbookSearch {
  /**
   * The sections that cover the need. That none does is counted as a gap.
   * @param request `asOf` in epoch milliseconds decides what is overdue; `isAside` where nobody asked for a runbook: then
   * none is missed.
   */
  find(request: {
    need: RunbookNeed;
    readers: RunbookReaders;
    asOf: number;
    limit?: number;
    isAside?: boolean;
  }): Promise<RunbookFinds>;
}

/** Names a section of a runbook. */
export interface SectionAt {
  /** The runbook's. */
  number: number;
  anchor: string;
}

/** A section as somebody reads it: all that stands under its heading. */
export interface ReadSection {
  title: string;
  version: number;
  fileName: string;
  headings: readonly string[];
  text: string;
  /** `YYYY-MM-DD`. */
  reviewBy: string | null;
}

/** A runbook as lists show it. */
export interface Runbook {
  id: string;
  /** What people call it by: never used again once it is removed. */
  number: number;
  title: string;
  version: number;
  fileName: string;
  sections: number;
  /** Of a PDF; null otherwise. */
  pages: number | null;
  owner: string | null;
  url: string | null;
  /** Calendar days, `YYYY-MM-DD`. */
  reviewBy: string | null;
  reviewed: string | null;
  channels: readonly string[];
  groups: readonly string[];
  addedBy: string;
  /** Epoch milliseconds: when this version was added. */
  addedAt: number;
}

/** A file as it was given. */
export interface DocumentFile {
  name: string;
  bytes: Uint8Array;
}

/**
 * Reads the text of a Markdown, plain text or PDF file.
 * @throws SeepassError `bad_input` for other files and for what cannot be read, `too_large`.
 */
export type DocumentReader = (file: DocumentFile) => Promise<ReadDocument>;

/** What adding a document did. */
export interface AddedRunbook {
  runbook: Runbook;
  /** `same`: this very content is there already, and nothing was changed. */
  outcome: 'added' | 'new_version' | 'same';
}

export interface RunbookStore {
  /**
   * Keeps a document, its sections and its audit row in one transaction. A file of the same name becomes the next
   * version, and its sections take the place of the former ones; the same content changes nothing.
   */
  add(document: RunbookText, by: Declarer): Promise<AddedRunbook>;
  /** By number. Those that the readers may read. */
  list(readers: RunbookReaders): Promise<Runbook[]>;
  /**
   * Deletes every version and section for good; the audit row keeps number, title and who did it.
   * @throws SeepassError `not_found` when there is none, or somebody else was first.
   */
  remove(number: number, by: Declarer): Promise<Runbook>;
  /** Sections that hold at least one term, with how they hold it, and how many do. */
  search(terms: readonly SearchTerm[], readers: RunbookReaders): Promise<RunbookHits>;
  /** Titles and headings that hold a word spelled like one of these, the most alike first; none where the server cannot tell. */
  namesLike(words: readonly string[], readers: RunbookReaders): Promise<string[]>;
  /** What sections say, by their ids; of one that was removed meanwhile nothing. */
  readTexts(ids: readonly string[]): Promise<Map<string, string>>;
  /** All that stands under a section's heading; undefined where there is none that the readers may read. */
  readSection(at: SectionAt, readers: RunbookReaders): Promise<ReadSection | undefined>;
  /** Channels and groups that any runbook names: whoever asks alone is looked up in these. */
  audiences(): Promise<{ channels: string[]; groups: string[] }>;
  /** Counts a need that nothing covers. @param gap `about` is redacted and short. */
  noteGap(gap: { about: string; at: number }): Promise<void>;
  /** Asked for most often first, since `since` (epoch milliseconds). @param options `about` picks a single one. */
  listGaps(options: { since: number; limit: number; about?: string }): Promise<RunbookGap[]>;
}

export interface RunbookGap {
  about: string;
  asked: number;
  /** Epoch milliseconds. */
  lastAskedAt: number;
}

export interface RunbookHits {
  /** Those that hold the most of it, a few hundred at most. */
  hits: RunbookHit[];
  /** How many sections hold each term, in the terms' order. */
  holders: number[];
  /** Sections that the readers may read. */
  sections: number;
}
