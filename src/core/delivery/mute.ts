/** Pages and errors that people do not want to hear of, for a while or for good. */
import { createSurfaceMatcher } from './surface-pattern.ts';

export interface Mute {
  id: string;
  number: number;
  target: 'surface' | 'error_signature';
  /** With `*` for any characters. */
  pattern: string;
  /** Epoch milliseconds; null is for good ("ignore"), else a snooze. */
  until: number | null;
  reason: string | null;
  createdBy: string;
  createdAt: number;
}

/** The mute in force of a page or an error; undefined where nobody muted it. */
export type MuteFinder = (target: Mute['target'], name: string) => Mute | undefined;

/**
 * Finds the mute of a page or an error: of several the one that lasts longest.
 * @param at epoch milliseconds: snoozes that are over by then mute nothing.
 */
export function createMuteFinder(mutes: readonly Mute[], at: number): MuteFinder {
  const inForce = mutes
    .filter(({ until }) => until === null || until > at)
    .sort(
      (a, b) => (b.until ?? Number.POSITIVE_INFINITY) - (a.until ?? Number.POSITIVE_INFINITY) || a.number - b.number,
    )
    .map((mute) => ({ mute, matches: createSurfaceMatcher(mute.pattern) }));
  return (target, name) => inForce.find(({ mute, matches }) => mute.target === target && matches(name))?.mute;
}
