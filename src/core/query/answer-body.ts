/** What people get for a question, before any platform's markup: plain text, tables and series, all escaped later. */
import type { Fact, JsonObject } from '../records.ts';
import type { Choice, Reading } from './reading.ts';

/** Part of a sentence; what a thumb-scroll must catch is strong. */
export interface Span {
  text: string;
  strong?: true;
  /** Part of a sentence that no model may leave out or word anew: significance, caveats, what speaks against. */
  fixed?: true;
}

export interface AnswerTable {
  columns: readonly { label: string; align: 'left' | 'right' }[];
  /** As people read them: formatted, with units. */
  rows: readonly (readonly string[])[];
  /** "Showing 10 of 42 pages"; null when nothing is left out. */
  cut: string | null;
}

export interface AnswerSeries {
  title: string;
  unit: 'count' | 'share' | 'money' | 'milliseconds' | 'minutes' | 'credits';
  /** One line a name; null where a bucket has no figure. Money in major units, shares 0-1. */
  lines: readonly { name: string; points: readonly { label: string; value: number | null }[] }[];
  /** Says the finding in one sentence, for those who cannot see the chart. */
  alt: string;
}

/** What a button under an answer asks next, in the thread: "By release", "Why?". */
export type FollowUp = Choice;

export interface AnswerBody {
  /** One sentence that holds the answer, the number first. */
  headline: readonly Span[];
  /** Comparison with its significance, what stands out, caveats: one sentence each. */
  sentences: readonly (readonly Span[])[];
  /** Two redacted quotes at most, of tickets, errors or runbooks. */
  quotes: readonly string[];
  /** Under the quotes, so that they stand below what they belong to: what else there is; none where left out. */
  besides?: readonly (readonly Span[])[];
  table: AnswerTable | null;
  series: AnswerSeries | null;
  /** Definition and version, dates and zone, sample, freshness: one short part each, in that order. */
  context: readonly string[];
  /** Into the source tools. */
  links: readonly { label: string; url: string }[];
  /** Sections of runbooks that can be read in full, by the runbook's number; none where left out. */
  sections?: readonly { label: string; number: number; anchor: string }[];
  followUps: readonly FollowUp[];
  /** Every figure and name above, so that a model can narrate without writing a digit. */
  facts: readonly Fact[];
  /** The result as the contract's `rows`. */
  rows: readonly JsonObject[];
}

/** An answer with its receipt: what the command line prints as JSON and Slack as a message. */
export interface Answer {
  reading: Reading;
  body: AnswerBody;
  /** All of it as plain text, headline first: the contract's `text`. */
  text: string;
  /** Id of the stored receipt; null where nothing was computed. */
  receipt: string | null;
  written_by: 'template' | 'model';
}
