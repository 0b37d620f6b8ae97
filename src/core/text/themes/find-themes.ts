/**
 * Finds what tickets are about. The newest tickets are grouped afresh each time, so that a theme's first, small days
 * do not decide what it becomes; a group that holds most of a known theme goes on under its id. Nothing is random:
 * the same tickets and themes give the same answer, in whatever order they come.
 */
import { continueThemes } from './continue-themes.ts';
import { describeTheme } from './describe-theme.ts';
import { groupTickets } from './group-tickets.ts';
import { countStems } from './name-theme.ts';
import { createNearest, type FindNearest } from './nearest-theme.ts';
import { meanOf } from './similarity.ts';
import type { Clustering, FoundTheme, KnownTheme, ThemeTicket } from './theme.ts';
import { ticketWords } from './ticket-words.ts';
import { createVectorSpace } from './vectors.ts';

export interface FoundThemes {
  /** Themes that any of the tickets is about. */
  readonly themes: readonly FoundTheme[];
  /** The theme of each ticket that was grouped; null where it is about none. */
  readonly assigned: ReadonlyMap<string, string | null>;
  /** For tickets that were not grouped. */
  readonly nearest: FindNearest;
}

/** @param tickets what is grouped: the newest tickets, a thousand at most (time and memory grow with the square). */
export function findThemes(
  known: readonly KnownTheme[],
  tickets: readonly ThemeTicket[],
  clustering: Clustering,
): FoundThemes {
  const grouped = tickets.toSorted(byTime);
  const present = new Set(grouped.map(({ key }) => key));
  const reminders = known.flatMap(({ id, exemplars }) =>
    exemplars.filter(({ key }) => !present.has(key)).map((ticket): ThemeTicket => ({ ...ticket, theme: id })),
  );
  // Reminders come last: an index below the number of tickets is a ticket.
  const points = [...grouped, ...reminders].map((ticket) => ({ ticket, words: ticketWords(ticket.text) }));
  const corpus = points.map(({ words }) => words);
  const space = createVectorSpace(corpus);
  const { groups, cut } = groupTickets(space, clustering);

  const stems = countStems(corpus);
  const byId = new Map(known.map((theme) => [theme.id, theme]));
  const ids = continueThemes(
    groups,
    points.map(({ ticket }) => ticket),
  );
  const assigned = new Map<string, string | null>(grouped.map(({ key }) => [key, null]));
  const themes = groups.flatMap((group, index) => {
    const id = ids[index] ?? '';
    for (const point of group) if (point < grouped.length) assigned.set(points[point]?.ticket.key ?? '', id);
    if (!group.some((point) => point < grouped.length)) return [];
    const members = group.flatMap((point) => {
      const [read, vector] = [points[point], space.vectors[point]];
      return read && vector ? { ...read, vector } : [];
    });
    const mean = meanOf(
      members.map(({ vector }) => vector),
      space.dimension,
    );
    return { id, mean, found: describeTheme(id, byId.get(id), members, space.dimension, stems) };
  });

  return { themes: themes.map(({ found }) => found), assigned, nearest: createNearest(space, themes, cut) };
}

const byTime = (a: ThemeTicket, b: ThemeTicket): number => a.ts - b.ts || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
