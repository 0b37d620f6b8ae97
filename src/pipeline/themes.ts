/** What the pipeline needs of a store of ticket themes. */
import type { Clustering, FoundTheme, KnownTheme, ThemeTicket } from '../core/text/themes/theme.ts';

/** What themes depend on besides the tickets. */
export interface ThemeDefinition {
  readonly clustering: Clustering;
  readonly normaliser_version: number;
}

/** A theme as people see it. */
export interface ListedTheme {
  readonly id: string;
  readonly label: string;
  readonly terms: readonly string[];
  /** YYYY-MM-DD, of all its tickets. */
  readonly first_seen: string;
  readonly last_seen: string;
  /** Tickets a day, oldest first; days without any are left out. */
  readonly days: readonly { date: string; tickets: number }[];
  /** Tickets that stand for it, the most typical first. */
  readonly representatives: readonly { id: string | null; date: string; text: string; url: string | null }[];
}

export interface ThemeStore {
  /** Has tickets read again where that was done under another definition; true when any ticket is to be read. */
  prepare(definition: ThemeDefinition): Promise<boolean>;
  /** The newest tickets, read or not. */
  readNewest(limit: number): Promise<ThemeTicket[]>;
  /** The themes seen last, with their exemplars. */
  readKnown(limit: number): Promise<KnownTheme[]>;
  /** Tickets that are still to be read, newest first. */
  readUnread(limit: number): Promise<ThemeTicket[]>;
  /** Tickets since then (epoch ms) that have not even been assigned, newest first. */
  readNew(since: number, limit: number): Promise<ThemeTicket[]>;
  /** Notes a theme for tickets that have none yet, until they are read; a theme that is gone by now is none. */
  assign(assigned: ReadonlyMap<string, string | null>, normaliserVersion: number): Promise<void>;
  /**
   * Stores the themes of these tickets, in one transaction, and marks the days that change by it. Themes that
   * lost their last ticket are gone. Storing the same again changes nothing.
   */
  save(
    assigned: ReadonlyMap<string, string | null>,
    themes: readonly FoundTheme[],
    definition: ThemeDefinition,
  ): Promise<void>;
  /** The last day with a ticket in a theme. */
  lastDay(): Promise<string | undefined>;
  /** Themes with tickets from `start` on and before `end`, most tickets first; their days are those of the range. */
  list(range: { start: string; end: string }): Promise<ListedTheme[]>;
}
