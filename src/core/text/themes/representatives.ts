import { compareAll } from './similarity.ts';
import type { SparseVector } from './vectors.ts';

/**
 * Which texts stand for all: the medoid first, then each time the one that most raises how well every text is
 * covered by its nearest chosen one (greedy facility location), so that they differ. Ties go to the lower index.
 * @returns at most `count` indexes; copies of a chosen text are left out.
 */
export function chooseRepresentatives(vectors: readonly SparseVector[], dimension: number, count: number): number[] {
  const { size, values } = compareAll(vectors, dimension);
  const covered = new Float32Array(size);
  const chosen: number[] = [];
  while (chosen.length < Math.min(count, size)) {
    let best = -1;
    let most = NO_GAIN;
    for (let index = 0; index < size; index++) {
      let gain = 0;
      for (let other = 0; other < size; other++)
        gain += Math.max(0, (values[index * size + other] ?? 0) - (covered[other] ?? 0));
      if (gain > most) {
        most = gain;
        best = index;
      }
    }
    if (best < 0) break;
    chosen.push(best);
    for (let other = 0; other < size; other++)
      covered[other] = Math.max(covered[other] ?? 0, values[best * size + other] ?? 0);
  }
  return chosen;
}

/** Copies differ by the rounding of their similarity only. */
const NO_GAIN = 1e-4;
