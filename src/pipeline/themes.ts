import { findThemes } from '../core/text/themes/find-themes.ts';
import type { Clustering, FoundTheme, KnownTheme, ThemeTicket } from '../core/text/themes/theme.ts';
import type { Clock, Log } from './ports.ts';

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

/** Compared with each other: the square of it is time and memory. */
const GROUPED = 1_000;
/** Themes that new tickets may go on with, the ones seen last. */
const REMEMBERED = 200;
const PAGE = 1_000;

/**
 * Puts tickets that nobody has read into themes: the newest thousand are grouped afresh, older ones join what is
 * nearest. Does nothing when every ticket was read, so running it again gives the same rows.
 */
export async function updateThemes({
  themes: store,
  definition,
  clock,
  log,
}: {
  themes: ThemeStore;
  definition: ThemeDefinition;
  clock: Clock;
  log: Log;
}): Promise<void> {
  if (!(await store.prepare(definition))) return;
  const started = clock();
  const newest = await store.readNewest(GROUPED);
  const found = findThemes(await store.readKnown(REMEMBERED), newest, definition.clustering);
  await store.save(found.assigned, found.themes, definition);
  let older = 0;
  for (;;) {
    const unread = await store.readUnread(PAGE);
    if (unread.length === 0) break;
    older += unread.length;
    await store.save(new Map(unread.map(({ key, text }) => [key, found.nearest(text)])), [], definition);
  }
  const seconds = (clock() - started) / 1000;
  log.info({ grouped: newest.length, older, themes: found.themes.length, seconds }, 'ticket themes are up to date');
}
