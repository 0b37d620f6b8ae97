/** The pages an action's page is held against: alike in size and in level, and not themselves part of what is wrong. */
import type { SurfaceHours } from '../detect/hour-history.ts';
import { type EffectMetric, readStretch, type Slots, type Stretch } from './effect-metric.ts';

export interface Matched {
  surface: string;
  before: Stretch;
  after: Stretch;
}

const MOST = 12;
/** A page a hundredth of the size says little, and would be chosen for its noise. */
const LARGEST_RATIO = 50;
const LEAST_EXPOSURE = 30;
const LEAST_HOURS = 0.5;

/** Nearest first by size and by level before; pages with too little data in either stretch are none. */
export function matchSurfaces(
  page: { surface: string; before: Stretch },
  others: readonly SurfaceHours[],
  {
    metric,
    before,
    after,
    leaveOut,
  }: { metric: EffectMetric; before: Slots; after: Slots; leaveOut: ReadonlySet<string> },
): Matched[] {
  const candidates = others.flatMap((other): (Matched & { distance: number })[] => {
    if (other.surface === page.surface || leaveOut.has(other.surface)) return [];
    const was = readStretch(other, metric, before);
    const is = readStretch(other, metric, after);
    if (!was || !is || was.exposure < LEAST_EXPOSURE || is.exposure < LEAST_EXPOSURE) return [];
    if (was.hours < LEAST_HOURS * page.before.hours) return [];
    const size = Math.abs(Math.log(was.exposure / page.before.exposure));
    if (size > Math.log(LARGEST_RATIO)) return [];
    return [
      { surface: other.surface, before: was, after: is, distance: size + levelDistance(metric, was, page.before) },
    ];
  });
  return candidates
    .sort((a, b) => a.distance - b.distance || (a.surface < b.surface ? -1 : 1))
    .slice(0, MOST)
    .map(({ surface, before: was, after: is }) => ({ surface, before: was, after: is }));
}

/** Levels are compared by ratio already; of rates the one that is wrong says little, so a tenfold counts as one. */
function levelDistance({ kind }: EffectMetric, a: Stretch, b: Stretch): number {
  if (kind === 'level') return Math.abs(a.mean - b.mean) / 2;
  const least = 1e-4;
  return Math.abs(Math.log((a.mean + least) / (b.mean + least))) / Math.log(10);
}
