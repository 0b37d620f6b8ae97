/** What speaks against: a part of the product that did not move with the rest. */
import type { ChangeTest } from './change-test.ts';
import type { Measured } from './measured.ts';
import { ENOUGH_EXPOSURE, isOutOfLine } from './out-of-line.ts';
import { type ChangeRow, carries, segmentsOf, type WhyDimension } from './split.ts';

/** A part of the product that stayed as it was while the whole moved. */
export interface Unmoved {
  dimension: WhyDimension;
  value: string;
  before: number;
  now: number;
}

/** A part has to hold this much of the views to speak against anything. */
const WORTH_NAMING = 0.1;

/** The largest part by platform, plan or release that did not move with the rest. */
export function findUnmoved(rows: readonly ChangeRow[], measured: Measured, test: ChangeTest): Unmoved | undefined {
  if (measured.exposure === null || !test.outside) return undefined;
  const sign = Math.sign(test.change);
  const found = (['platform', 'plan'] as const).flatMap((dimension) => {
    const all = segmentsOf(rows, dimension, measured, test.days);
    const segments = all.filter(({ value }) => value !== null);
    if (!carries(all)) return [];
    const exposed = sumOf(segments.map(({ now }) => now)).exposure;
    return segments.flatMap(({ value, before, now }) => {
      if (
        value === null ||
        now.exposure < Math.max(ENOUGH_EXPOSURE, WORTH_NAMING * exposed) ||
        before.exposure < ENOUGH_EXPOSURE
      )
        return [];
      const [was, is] = [before.count / before.exposure, now.count / now.exposure];
      // It has to be far from the whole's change, not merely too small to tell.
      const stayed = sign * (is - was) < 0.25 * Math.abs(test.change);
      const wouldHave = (was + test.change) * now.exposure;
      const apart = isOutOfLine(now.count, wouldHave, -sign);
      return stayed && apart ? [{ dimension, value, before: was, now: is, exposure: now.exposure }] : [];
    });
  });
  const [largest] = found.sort((a, b) => b.exposure - a.exposure);
  return largest && { dimension: largest.dimension, value: largest.value, before: largest.before, now: largest.now };
}

function sumOf(volumes: readonly { count: number; exposure: number }[]): { count: number; exposure: number } {
  return volumes.reduce((sum, each) => ({ count: sum.count + each.count, exposure: sum.exposure + each.exposure }), {
    count: 0,
    exposure: 0,
  });
}
