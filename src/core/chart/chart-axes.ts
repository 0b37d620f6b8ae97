/** Where a chart's axes have their ticks, and what these say. */
import { Temporal } from 'temporal-polyfill';
import { formatDay } from '../facts/render.ts';
import { dateInZone } from '../window.ts';
import type { Chart } from './chart.ts';
import type { MetricUnit } from './metric-axis.ts';

export interface ValueAxis {
  low: number;
  /** Above the highest figure. */
  high: number;
  ticks: number[];
  /** What a tick at the value says, with its unit. */
  label(value: number): string;
}

/** At most so many steps up to the highest figure. */
const STEPS = 4.25;
/** Above the highest figure, as a share of what is drawn: more where that figure is written beside it. */
const HEADROOM = { label: 0.2, plain: 0.06 };
const LOCALE = 'en-US';

/**
 * Round ticks from zero, or from below it where a figure is: a cut axis would make a small change look large. Steps
 * are 1, 2 or 5 times a power of ten in the unit that is shown.
 */
export function valueAxis({ points, unit }: Pick<Chart, 'points' | 'unit'>): ValueAxis {
  const all = points.flatMap(({ value, upper, expected }) => [value, upper, expected]).filter((one) => one !== null);
  const top = all.reduce((most, value) => Math.max(most, value), 0);
  const bottom = all.reduce((least, value) => Math.min(least, value), 0);
  const shown = shownUnit(unit, Math.max(top, -bottom));
  const span = (top - bottom) / shown.size;
  const step = span > 0 ? roundStep(span / STEPS, unit === 'count' ? 1 : 0) : 1;
  const first = Math.floor(bottom / shown.size / step + 1e-9);
  const isLabelled = points.some(
    ({ flagged, value }) => flagged && value !== null && value > top - (top - bottom) * 0.15,
  );
  const high = span > 0 ? top / shown.size + span * HEADROOM[isLabelled ? 'label' : 'plain'] : step;
  const last = Math.floor(high / step + 1e-9);
  const format = new Intl.NumberFormat(LOCALE, {
    maximumSignificantDigits: 3,
    notation: last * step >= 10_000 ? 'compact' : 'standard',
  });
  return {
    low: first * step * shown.size,
    high: high * shown.size,
    ticks: Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step * shown.size),
    label: (value) => {
      // A multiple of a step may lie a hair beside its round figure.
      const digits = format.format(Number((value / shown.size).toPrecision(6))).replace(/K$/, 'k');
      return digits === '0' && unit !== 'share' ? '0' : `${digits}${shown.suffix}`;
    },
  };
}

function shownUnit(unit: MetricUnit, most: number): { size: number; suffix: string } {
  if (unit === 'share') return { size: 0.01, suffix: '%' };
  if (unit === 'count') return { size: 1, suffix: '' };
  if (most < 1_000) return { size: 1, suffix: ' ms' };
  return most < 100_000 ? { size: 1_000, suffix: ' s' } : { size: 60_000, suffix: ' min' };
}

function roundStep(rough: number, least: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5].find((one) => one * power >= rough * 0.999) ?? 10;
  return Math.max(least, factor * power);
}

export interface TimeTick {
  /** Index of the point. */
  index: number;
  label: string;
}

const MOST_DAYS = 35;

/** At most six ticks; days by their date, hours by the local clock with the date where a day begins. */
export function timeTicks(chart: Pick<Chart, 'points' | 'grain' | 'timezone'>): TimeTick[] {
  return chart.grain === 'day' ? dayTicks(chart) : hourTicks(chart);
}

/** Counted from the last day, which is the one people ask about; whole weeks apart where there are weeks. */
function dayTicks({ points, timezone }: Pick<Chart, 'points' | 'timezone'>): TimeTick[] {
  const every = points.length > 14 ? 7 * Math.ceil(points.length / MOST_DAYS) : Math.ceil(points.length / 5);
  return points.flatMap(({ start }, index) =>
    (points.length - 1 - index) % every === 0 ? { index, label: formatDay(dateInZone(start, timezone)) } : [],
  );
}

function hourTicks({ points, timezone }: Pick<Chart, 'points' | 'timezone'>): TimeTick[] {
  const hours = points.length;
  const everyHours = hours <= 8 ? 2 : hours <= 30 ? 6 : 12;
  const everyDays = Math.ceil(hours / 24 / 4);
  let midnights = 0;
  return points.flatMap(({ start }, index) => {
    const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(timezone);
    if (minute !== 0) return [];
    if (hour === 0) {
      midnights += 1;
      const isShown = hours <= 48 || (midnights - 1) % everyDays === 0;
      return isShown ? { index, label: formatDay(dateInZone(start, timezone)) } : [];
    }
    return hours <= 48 && hour % everyHours === 0 ? { index, label: `${String(hour).padStart(2, '0')}:00` } : [];
  });
}

/** Where an instant lies between the points, 0 the middle of the first; null outside of what is drawn. */
export function placeOf({ points }: Pick<Chart, 'points'>, instant: number): number | null {
  const next = points.findIndex(({ start }) => start > instant);
  const index = next === -1 ? points.length - 1 : next - 1;
  const [from, to] = [points[index], points[index + 1]];
  if (from === undefined) return null;
  const before = points[index - 1];
  const length = to ? to.start - from.start : before ? from.start - before.start : 0;
  if (length <= 0 || instant >= from.start + length) return null;
  return index - 0.5 + (instant - from.start) / length;
}
