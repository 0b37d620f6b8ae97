import type { ThemeTicket } from './theme.ts';

/** The share of a theme's tickets that must be in one group for the theme to go on there. */
const MOST_OF_IT = 0.4;

/**
 * The id of each group: that of the known theme most of whose tickets it holds, else the key of its oldest ticket.
 * A theme that split goes on in its largest part; of themes that merged the one with most tickets in the group
 * goes on. Ties go to the lower id.
 * @param groups indexes into `points`, which are in the order of time.
 */
export function continueThemes(groups: readonly (readonly number[])[], points: readonly ThemeTicket[]): string[] {
  const sizes = new Map<string, number>();
  for (const { theme } of points) if (theme !== null) sizes.set(theme, (sizes.get(theme) ?? 0) + 1);
  const claims = groups.flatMap((group, index) => {
    const held = new Map<string, number>();
    for (const point of group) {
      const theme = points[point]?.theme;
      if (theme != null) held.set(theme, (held.get(theme) ?? 0) + 1);
    }
    return [...held]
      .filter(([theme, count]) => count >= (sizes.get(theme) ?? 0) * MOST_OF_IT)
      .map(([theme, count]) => ({ index, theme, count }));
  });
  claims.sort((a, b) => b.count - a.count || (a.theme < b.theme ? -1 : a.theme > b.theme ? 1 : a.index - b.index));
  const ids = new Map<number, string>();
  const gone = new Set<string>();
  for (const { index, theme } of claims) {
    if (ids.has(index) || gone.has(theme)) continue;
    ids.set(index, theme);
    gone.add(theme);
  }
  return groups.map((group, index) => ids.get(index) ?? founderOf(group, points, sizes));
}

/** A ticket that founded a theme which goes on elsewhere cannot give its key again. */
function founderOf(
  group: readonly number[],
  points: readonly ThemeTicket[],
  themes: ReadonlyMap<string, number>,
): string {
  const keys = group.map((point) => points[point]?.key ?? '');
  return keys.find((key) => !themes.has(key)) ?? keys[0] ?? '';
}
