import type { SparseVector } from './vectors.ts';

/** Cosine similarities of every two texts, row by row. */
export interface Similarities {
  readonly size: number;
  readonly values: Float32Array;
}

/** Two identical texts have 1, and so has a text with itself; one that holds nothing readable has 0 with all others. */
export function compareAll(vectors: readonly SparseVector[], dimension: number): Similarities {
  const size = vectors.length;
  const values = new Float32Array(size * size);
  const dense = new Float32Array(dimension);
  vectors.forEach((vector, row) => {
    vector.features.forEach((feature, at) => {
      dense[feature] = vector.weights[at] ?? 0;
    });
    for (let column = 0; column < row; column++) {
      const similarity = dot(vectors[column] ?? NOTHING, dense);
      values[row * size + column] = similarity;
      values[column * size + row] = similarity;
    }
    values[row * size + row] = 1;
    for (const feature of vector.features) dense[feature] = 0;
  });
  return { size, values };
}

/** The mean of the vectors, one number a feature: its dot product with a vector is their average similarity. */
export function meanOf(vectors: readonly SparseVector[], dimension: number): Float32Array {
  const mean = new Float32Array(dimension);
  for (const { features, weights } of vectors)
    for (let at = 0; at < features.length; at++) {
      const feature = features[at] ?? 0;
      mean[feature] = (mean[feature] ?? 0) + (weights[at] ?? 0) / vectors.length;
    }
  return mean;
}

/** Dot product of a vector with one number a feature. */
export function dot({ features, weights }: SparseVector, dense: Float32Array): number {
  let product = 0;
  for (let at = 0; at < features.length; at++) product += (weights[at] ?? 0) * (dense[features[at] ?? 0] ?? 0);
  return product;
}

const NOTHING: SparseVector = { features: new Int32Array(0), weights: new Float32Array(0) };
