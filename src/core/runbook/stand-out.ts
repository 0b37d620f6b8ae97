import { probit } from 'simple-statistics';

/** How near the nearest section is to a question in meaning, among all that were compared. */
export interface Nearness {
  /** Cosine, -1 to 1. */
  similarity: number;
  /** Of all sections that were compared: their mean, and their standard deviation. */
  mean: number;
  deviation: number;
  /** How many were. */
  sections: number;
}

/** Share of the searches in which chance alone would name a section, were similarities spread normally. */
const BY_CHANCE = 0.2;
/** Among fewer, the mean and the deviation are too much those of the nearest one itself. */
const FEWEST = 10;

/**
 * Whether the nearest section stands out: its similarity lies so many deviations above the mean that the best of n
 * draws of a normal distribution would lie there in one of five searches, z ≥ Φ⁻¹(1 - 0.2 / n) (Bonferroni). What is
 * similar enough differs from model to model, and this does not. Measured on tests/evals/runbooks, see docs/runbooks.md.
 */
export function standsOut({ similarity, mean, deviation, sections }: Nearness): boolean {
  if (sections < FEWEST || !(deviation > 0)) return false;
  return (similarity - mean) / deviation >= probit(1 - BY_CHANCE / sections);
}
