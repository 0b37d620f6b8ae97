/** Whether one series tells what another does a day later: a permutation test on their lagged correlation. */
import { createRng } from '../simulate/rng.ts';

const ROUNDS = 999;
/** Fewer pairs of days than this can show nothing. */
const MIN_PAIRS = 10;

export interface LagTest {
  /** Pearson's r of the leader with the follower one day later. */
  correlation: number;
  /** The same on the same day: what merely moves together has no order. */
  sameDay: number;
  /** Share of shuffles of the follower's days that correlate at least as much; (b + 1) / (n + 1). */
  p: number;
  /** Pairs of days. */
  pairs: number;
}

/**
 * One-sided permutation test (Fisher; p with the observed order among the shuffles, Phipson & Smyth 2010).
 * Deterministic: the shuffles are seeded by the data's length alone. Days where either is NaN are left out.
 * Undefined with fewer than 10 pairs, or where one of the two never varies.
 */
export function testLag(leader: readonly number[], follower: readonly number[]): LagTest | undefined {
  const before: number[] = [];
  const after: number[] = [];
  const same: [number, number][] = [];
  leader.forEach((value, day) => {
    const now = follower[day] ?? Number.NaN;
    const next = follower[day + 1] ?? Number.NaN;
    if (Number.isNaN(value)) return;
    if (!Number.isNaN(now)) same.push([value, now]);
    if (Number.isNaN(next)) return;
    before.push(value);
    after.push(next);
  });
  if (before.length < MIN_PAIRS) return undefined;
  const correlation = correlate(before, after);
  if (Number.isNaN(correlation)) return undefined;
  const rng = createRng(before.length, 'lag');
  const shuffled = [...after];
  let asMuch = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (let at = shuffled.length - 1; at > 0; at--) {
      const other = rng.below(at + 1);
      [shuffled[at], shuffled[other]] = [shuffled[other] ?? 0, shuffled[at] ?? 0];
    }
    // Equal orders differ in the last digits of a sum.
    if (correlate(before, shuffled) >= correlation - 1e-12) asMuch++;
  }
  return {
    correlation,
    sameDay: correlate(
      same.map(([value]) => value),
      same.map(([, value]) => value),
    ),
    p: (asMuch + 1) / (ROUNDS + 1),
    pairs: before.length,
  };
}

/** Pearson's r; NaN where a series does not vary. */
function correlate(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  let xy = 0;
  let xx = 0;
  let yy = 0;
  x.forEach((value, index) => {
    const dx = value - mx;
    const dy = (y[index] ?? 0) - my;
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  });
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Number.NaN;
}
