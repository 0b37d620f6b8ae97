/** Days on which something did not arrive: figures over them are wrong, and no change of the product. */
import { median } from 'simple-statistics';
import type { Finding } from '../../records.ts';
import type { DayMeasures, Measured, WhyMeasure } from './measured.ts';

/** A ratio over less than this part of a day's usual views says nothing of the page. */
const SILENT_BELOW = 0.05;

/**
 * @param findings of the days, of which the daily judge's gaps are read.
 * @returns dates, oldest first.
 */
export function findGapDays(
  days: readonly DayMeasures[],
  measured: Measured,
  findings: readonly Pick<Finding, 'date' | 'rule' | 'metric'>[],
): string[] {
  const { count, exposure } = measured;
  const counted = [count, exposure];
  const judged = findings.filter(
    ({ rule, metric }) => rule === 'ingest-gap' && counted.some((each) => each === metric),
  );
  const silent = exposure === null ? [] : silentDays(days, exposure);
  return [...new Set([...judged.map(({ date }) => date), ...silent])].sort();
}

/** Days with next to nothing of a measure that there mostly is. */
export function silentDays(days: readonly DayMeasures[], exposure: WhyMeasure): string[] {
  const usual = days.length === 0 ? 0 : median(days.map((day) => day[exposure]));
  return days.filter((day) => day[exposure] < SILENT_BELOW * usual).map(({ date }) => date);
}
