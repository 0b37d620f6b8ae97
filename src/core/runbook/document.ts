/** A document as it was read, and the runbook that is kept of it. */

export const MEDIA = ['markdown', 'text', 'pdf'] as const;
export type Media = (typeof MEDIA)[number];

/** Text under one heading, as it stands in the document. */
export interface Passage {
  /** From the top down; empty before the first heading. */
  headings: readonly string[];
  text: string;
  /** Of a PDF, from 1. */
  page: number | null;
}

/** What is read from a file, before anything is redacted or cut. */
export interface ReadDocument {
  fileName: string;
  media: Media;
  /** SHA-256 of the file's bytes, hex. */
  contentHash: string;
  bytes: number;
  pages: number | null;
  /** Pages of a PDF that hold no text: scanned, or a picture. */
  pagesWithoutText: number;
  /** Front matter as it was written, or an empty object. */
  frontMatter: unknown;
  passages: readonly Passage[];
}

/** A piece of a runbook that is found and cited by itself. */
export interface Section {
  headings: readonly string[];
  anchor: string;
  page: number | null;
  text: string;
}

/** What a runbook says of itself. */
export interface RunbookMeta {
  title: string;
  owner: string | null;
  url: string | null;
  /** Calendar days, `YYYY-MM-DD`. */
  reviewBy: string | null;
  reviewed: string | null;
  /** Platform ids; a runbook that names none may be read by the whole workspace. */
  channels: readonly string[];
  groups: readonly string[];
  /** Further words it goes by: surfaces, error signatures, tags. */
  keywords: readonly string[];
}

/** A runbook as it is stored: redacted and cut into sections. */
export interface RunbookText extends RunbookMeta {
  /** What makes two files versions of one runbook: the file's name in lower case. */
  key: string;
  fileName: string;
  media: Media;
  contentHash: string;
  bytes: number;
  pages: number | null;
  sections: readonly Section[];
}
