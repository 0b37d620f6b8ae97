import type { Section } from './document.ts';

/** How a section holds one term. */
export interface TermHit {
  /** Index into the terms that were searched. */
  term: number;
  /** In the runbook's title, in a heading above the section, among its keywords. */
  inTitle: boolean;
  inHeadings: boolean;
  inKeywords: boolean;
  /** PostgreSQL's rank of the section's own text, 0-1; 0 where it does not hold the term. */
  body: number;
  /** 1 for the term itself; less for a word that is only spelled like it (trigrams in common). */
  likeness: number;
}

/** A section that holds at least one term. */
export interface RunbookHit {
  runbook: {
    id: string;
    number: number;
    title: string;
    version: number;
    url: string | null;
    /** `YYYY-MM-DD`. */
    reviewBy: string | null;
  };
  section: Section;
  terms: readonly TermHit[];
}
