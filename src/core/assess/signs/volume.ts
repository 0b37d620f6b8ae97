/** What is more than before, and whether that is more than chance. */
import { isOutOfLine } from '../../query/why/out-of-line.ts';
import type { Part, Volume } from '../checks/check.ts';

/** How much longer the window is than what it is held against. */
export interface Scale {
  now: number;
  before: number;
}

export const rateOf = ({ count, exposure }: Volume): number | null => (exposure > 0 ? count / exposure : null);

/** Events there would be at the rate before; by time where there is nothing to divide them by. */
export function expectedOf({ now, before }: Part, hours: Scale): number {
  if (before.exposure > 0 && now.exposure > 0) return (before.count / before.exposure) * now.exposure;
  return before.count * (hours.now / hours.before);
}

export const excessOf = (part: Part, hours: Scale): number => part.now.count - expectedOf(part, hours);

/** Whether there are improbably more events than before (`sign` 1), or fewer (-1). */
export const isOff = (part: Part, hours: Scale, sign = 1): boolean =>
  isOutOfLine(part.now.count, expectedOf(part, hours), sign);

export const sumVolumes = (volumes: readonly Volume[]): Volume => ({
  count: volumes.reduce((sum, { count }) => sum + count, 0),
  exposure: volumes.reduce((sum, { exposure }) => sum + exposure, 0),
});

/** Of all that is more than before, how much each part is (0-1), largest first; nothing where nothing is more. */
export function sharesOfExcess(
  parts: readonly Part[],
  expected: (part: Part) => number,
): { part: Part; excess: number; share: number }[] {
  const more = parts.map((part) => ({ part, excess: Math.max(0, part.now.count - expected(part)) }));
  const total = more.reduce((sum, { excess }) => sum + excess, 0);
  if (!(total > 0)) return [];
  return more
    .map((each) => ({ ...each, share: each.excess / total }))
    .sort((a, b) => b.excess - a.excess || ((a.part.value ?? '') < (b.part.value ?? '') ? -1 : 1));
}
