/** The records of ticket themes: what people write about, named from their own words. */

export const CLUSTERINGS = ['average-link', 'dbscan'] as const;
/** How tickets are grouped; average link finds bursts that density does not (bench/themes.ts). */
export type Clustering = (typeof CLUSTERINGS)[number];

/** Stored with every ticket that was read: a change in how tickets are read has them read again. */
export const THEME_VERSION = 1;

export interface ThemeTicket {
  /** The event's key, a UUID. */
  readonly key: string;
  /** Epoch milliseconds. */
  readonly ts: number;
  /** Subject and body, redacted. */
  readonly text: string;
  /** What the source calls its subject. */
  readonly topic: string | null;
  /** The id of the theme it has so far. */
  readonly theme: string | null;
}

export interface KnownTheme {
  /** The key of a ticket it began with. */
  readonly id: string;
  readonly label: string;
  readonly terms: readonly string[];
  /** Tickets it has in all. */
  readonly tickets: number;
  /** Those that stand for it: what is left of a theme nobody wrote about lately. */
  readonly exemplars: readonly ThemeTicket[];
}

/** What a theme is called and shown by. */
export interface FoundTheme {
  readonly id: string;
  /** As the source calls most of its tickets, else the best of its terms as people write them. */
  readonly label: string;
  /** Up to four words that set it apart, most telling first. */
  readonly terms: readonly string[];
  /** Keys of tickets that stand for it, the most typical first, unlike each other. */
  readonly exemplars: readonly string[];
}
