/** Kinds of error and themes of tickets that came up more than they used to. */
import { benjaminiHochberg, negativeBinomialUpperTail } from '../../stats.ts';
import { SIGNIFICANT } from './change-test.ts';
import { type ChangeRow, type Counted, countValues, type WhyDimension } from './split.ts';

const MOST_LISTED = 3;
const FEWEST = 5;
/** Of the counts of a period, beyond twice the chance of two Poisson counts. */
const DISPERSION = 0.04;

/** Values that came up more than chance and restless days make likely, with the false ones held at one in twenty. */
export function findRisen(rows: readonly ChangeRow[], dimension: WhyDimension, count: 'errors' | 'tickets'): Counted[] {
  const candidates = countValues(rows, dimension, count);
  const q = benjaminiHochberg(
    candidates.map(({ before, now }) => {
      const mean = before + 0.5;
      return negativeBinomialUpperTail(now, mean, 2 * mean + DISPERSION * mean ** 2);
    }),
  );
  return candidates
    .filter(({ now }, index) => now >= FEWEST && (q[index] ?? 1) < SIGNIFICANT)
    .sort((a, b) => b.now - b.before - (a.now - a.before) || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_LISTED);
}
