/**
 * How readily people are told: one knob. Detection measures once and flags at the widest setting; the knob filters
 * what was flagged by how improbable and how large it is, so that turning it never changes a figure.
 */
import type { Finding, Sensitivity } from '../records.ts';
import type { ProfileSettings } from './profile.ts';

export const SENSITIVITIES = ['quiet', 'normal', 'eager'] as const satisfies readonly Sensitivity[];

interface Demand {
  /** Times the profile's own alpha and q. */
  chance: number;
  /** Times normal at least, in the bad direction. */
  ratio: number;
  /** Events at least, where a rule knows no p-value: an error never seen before, say. */
  count: number;
}

/**
 * `normal` is the profile as it is. `quiet` wants a thirtieth of the chance and a change that nobody overlooks; `eager`
 * allows five times the chance. Each level holds all of the one before.
 */
const DEMANDS: Readonly<Record<Sensitivity, Demand>> = {
  quiet: { chance: 1 / 30, ratio: 1.6, count: 60 },
  normal: { chance: 1, ratio: 1, count: 0 },
  eager: { chance: 5, ratio: 1, count: 0 },
};

/** What a setting demands of whatever is judged. */
export function demandOf(level: Sensitivity): Pick<Demand, 'chance' | 'ratio'> {
  return DEMANDS[level];
}

/** What a finding is held against. */
export type Judged = Pick<Finding, 'current' | 'expected' | 'p_value' | 'q_value' | 'direction'> & { count: number };

/** The quietest setting at which it is told; null where no setting tells it. */
export function quietestLevel(judged: Judged, settings: ProfileSettings): Sensitivity | null {
  return SENSITIVITIES.find((level) => meets(judged, DEMANDS[level], settings)) ?? null;
}

/** Whether somebody who set the knob to `chosen` is told what is told from `level` on. */
export function isTold(level: Sensitivity, chosen: Sensitivity): boolean {
  return SENSITIVITIES.indexOf(level) <= SENSITIVITIES.indexOf(chosen);
}

function meets({ p_value: p, q_value: q, ...judged }: Judged, demand: Demand, settings: ProfileSettings): boolean {
  if (ratioOf(judged) < demand.ratio) return false;
  if (p === null) return judged.count >= demand.count;
  return p <= settings.alpha * demand.chance && (q ?? 1) <= Math.min(1, settings.maxQ * demand.chance);
}

/** Times normal in the direction it moved; where nothing was expected, as far off as can be. */
function ratioOf({ current, expected, direction }: Pick<Judged, 'current' | 'expected' | 'direction'>): number {
  if (current === null || expected === null) return 1;
  const [high, low] = direction === 'down' ? [expected, current] : [current, expected];
  return low > 0 ? high / low : Number.POSITIVE_INFINITY;
}
