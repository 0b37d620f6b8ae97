import type { Similarities } from './similarity.ts';

/**
 * DBSCAN (Ester et al. 1996): a text with at least `enough` texts (itself included) at or above the similarity is
 * a core, cores that near each other are one group, and what is near a core joins the first group that reaches it.
 * @returns a group for each text, named by its lowest index; noise is a group of its own.
 */
export function groupByDensity({ size, values }: Similarities, similarity: number, enough: number): Int32Array {
  const near = (from: number): number[] => {
    const found: number[] = [];
    for (let other = 0; other < size; other++)
      if (other === from || (values[from * size + other] ?? 0) >= similarity) found.push(other);
    return found;
  };
  const group = new Int32Array(size).fill(-1);
  for (let start = 0; start < size; start++) {
    if (group[start] !== -1 || near(start).length < enough) continue;
    const waiting = [start];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (group[next] !== -1) continue;
      group[next] = start;
      const around = near(next);
      if (around.length >= enough) waiting.push(...around.filter((other) => group[other] === -1));
    }
  }
  const lowest = new Map<number, number>();
  return group.map((own, index) => {
    if (own === -1) return index;
    if (!lowest.has(own)) lowest.set(own, index);
    return lowest.get(own) ?? index;
  });
}
