import { groupByAverageLink } from './average-link.ts';
import { cutOf, describeBackground, holdsTogether } from './background.ts';
import { groupByDensity } from './dbscan.ts';
import { compareAll } from './similarity.ts';
import type { Clustering } from './theme.ts';
import type { VectorSpace } from './vectors.ts';

const SMALLEST_THEME = 3;
/** DBSCAN's neighbourhood, as a similarity. */
const NEAR = 0.35;

/**
 * Groups of at least three texts that are about the same, as ascending indexes, the group with the first text first.
 * Texts in no group are about nothing that others are about.
 * @returns `cut`: the average similarity to a group at which a further text belongs to it.
 */
export function groupTickets(
  { vectors, dimension }: VectorSpace,
  clustering: Clustering,
): { groups: number[][]; cut: number } {
  const similarities = compareAll(vectors, dimension);
  const background = describeBackground(similarities);
  const cut = cutOf(background);
  const names =
    clustering === 'dbscan'
      ? groupByDensity(similarities, NEAR, SMALLEST_THEME)
      : groupByAverageLink(similarities, cut);
  const groups = new Map<number, number[]>();
  names.forEach((name, index) => {
    const group = groups.get(name);
    if (group) group.push(index);
    else groups.set(name, [index]);
  });
  const themes = [...groups.values()].filter(
    (group) => group.length >= SMALLEST_THEME && holdsTogether(group, similarities, background),
  );
  return { groups: themes, cut };
}
