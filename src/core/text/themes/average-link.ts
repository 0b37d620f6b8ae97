import type { Similarities } from './similarity.ts';

/**
 * Groups texts whose average similarity, over all pairs of one group with the other, reaches the cut. The whole
 * dendrogram by the nearest-neighbour chain (Murtagh 1983: O(n²), exact for average link), then cut; two groups are
 * joined as often as the cut allows. Ties go to the lower index, so the same input gives the same groups.
 * @returns a group for each text, named by its lowest index.
 */
export function groupByAverageLink({ size, values }: Similarities, cut: number): Int32Array {
  const similarity = values.slice();
  const members = new Int32Array(size).fill(1);
  const alive = new Uint8Array(size).fill(1);
  const parent = Int32Array.from({ length: size }, (_, index) => index);
  const at = (row: number, column: number): number => similarity[row * size + column] ?? 0;

  const nearest = (from: number, before: number): number => {
    let best = before;
    let most = before < 0 ? Number.NEGATIVE_INFINITY : at(from, before);
    for (let other = 0; other < size; other++)
      if (alive[other] === 1 && other !== from && at(from, other) > most) {
        most = at(from, other);
        best = other;
      }
    return best;
  };

  const join = (a: number, b: number): void => {
    const [kept, gone] = a < b ? [a, b] : [b, a];
    if (at(kept, gone) >= cut) parent[gone] = kept;
    const left = members[kept] ?? 0;
    const right = members[gone] ?? 0;
    for (let other = 0; other < size; other++) {
      if (alive[other] === 0 || other === kept || other === gone) continue;
      const average = (left * at(kept, other) + right * at(gone, other)) / (left + right);
      similarity[kept * size + other] = average;
      similarity[other * size + kept] = average;
    }
    members[kept] = left + right;
    alive[gone] = 0;
  };

  const chain: number[] = [];
  let first = 0;
  for (let left = size; left > 1; ) {
    if (chain.length === 0) {
      while (alive[first] === 0) first++;
      chain.push(first);
    }
    const last = chain.at(-1) ?? 0;
    const before = chain.at(-2) ?? -1;
    const next = nearest(last, before);
    if (next === before) {
      chain.length -= 2;
      join(last, before);
      left--;
    } else chain.push(next);
  }
  return parent.map((_, index) => rootOf(parent, index));
}

/** Groups are joined into the lower index, and only where the cut allows: a chain of parents ends at the name. */
function rootOf(parent: Int32Array, index: number): number {
  let root = index;
  while (parent[root] !== root) root = parent[root] ?? root;
  return root;
}
