/** Now against before: what changed, whether that is good, and whether it is more than the usual unrest. */
import type { Metric } from '../../catalogue/define.ts';
import { formatRatio } from '../../facts/render.ts';
import type { Figure } from '../metric-result.ts';
import { formatChange, formatValue } from './figure-words.ts';
import type { Variation } from './variation.ts';

type Direction = 'up' | 'down' | 'same';

/** Told apart by what people read: two figures that look the same are the same. */
export function directionOf(now: number, before: number, metric: Metric, currency: string): Direction {
  if (formatValue(now, metric, currency) === formatValue(before, metric, currency)) return 'same';
  return now > before ? 'up' : 'down';
}

/** ", up from 1.3%", ", as before". */
export function againstBefore(now: number, before: number, metric: Metric, currency: string): string {
  const direction = directionOf(now, before, metric, currency);
  return direction === 'same' ? ', the same as before' : `, ${direction} from ${formatValue(before, metric, currency)}`;
}

/** "Up 0.8 points; that is worse, and outside normal variation (p < 0.001)." Null where both are the same. */
export function changeSentence(
  now: Figure,
  before: Figure,
  metric: Metric,
  currency: string,
  variation: Variation | null,
): string | null {
  if (now.value === null || before.value === null) return null;
  const direction = directionOf(now.value, before.value, metric, currency);
  if (direction === 'same') return null;
  const moved = movedWords(now.value, before.value, metric, direction);
  if (variation === null) return `${moved}.`;
  if (!variation.tested) return `${moved}; ${UNTESTED[variation.why]}.`;
  const usual = variation.against === 'chance' ? CHANCE : NORMAL;
  const tested = `${variation.outside ? usual.outside : usual.within} (${formatP(variation.p)})`;
  if (!variation.outside || metric.good === 'neither') return `${moved}, ${tested}.`;
  return `${moved}; that is ${metric.good === direction ? 'better' : 'worse'}, and ${tested}.`;
}

/** "Up 0.8 points", "Down 12%", "3.1x what it was". */
function movedWords(now: number, before: number, metric: Metric, direction: 'up' | 'down'): string {
  if (metric.unit !== 'share' && before > 0 && now / before >= 2) {
    const times = formatRatio(now / before);
    return `${times.charAt(0).toUpperCase()}${times.slice(1)} what it was`;
  }
  if (before === 0 && metric.unit !== 'share') return 'Up from none';
  const change = formatChange(now, before, metric);
  return `${direction === 'up' ? 'Up' : 'Down'}${change === null ? '' : ` ${change}`}`;
}

/** Both periods a day, where one is longer: "A day that is 11 against 8.2." Null where they are equally long. */
export function perDaySentence(
  now: Figure,
  before: Figure,
  [nowDays, beforeDays]: readonly [number, number],
  metric: Metric,
  currency: string,
): string | null {
  if (now.value === null || before.value === null || !isUnequal(nowDays, beforeDays)) return null;
  const [one, other] = [now.value / nowDays, before.value / beforeDays].map((value) =>
    formatValue(value, metric, currency),
  );
  return `The periods differ in length: a day that is ${one} against ${other}.`;
}

/** By more than a changed clock. */
export const isUnequal = (nowDays: number, beforeDays: number): boolean =>
  beforeDays > 0 && nowDays > 0 && Math.abs(nowDays / beforeDays - 1) > 0.05;

const NORMAL = { outside: 'outside normal variation', within: 'within normal variation' };
const CHANCE = { outside: 'more than chance alone gives', within: 'no more than chance alone gives' };

const UNTESTED = {
  too_few: 'too few to tell that from chance',
  short_history: 'whether that is normal cannot be told yet: it takes two weeks of days before both periods',
  unequal: 'the periods differ in length, so the two cannot be held against each other',
  gap: 'a day lacks data, so the two cannot be held against each other',
} as const;

/** "p < 0.001", "p = 0.03". */
export function formatP(p: number): string {
  if (p < 0.001) return 'p < 0.001';
  return p >= 0.995 ? 'p = 1' : `p = ${Number(p.toPrecision(p < 0.1 ? 1 : 2))}`;
}
