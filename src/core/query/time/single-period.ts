/** One period, of whatever kind, without ranges. */

import { readAnchored, readPartOf } from './anchored.ts';
import { canBegin } from './beginnings.ts';
import { readDayOfMonth, readNumericDate, readOrdinalDay, readWeekNumber } from './dates.ts';
import { readTimed } from './hours.ts';
import { readMonth, readQuarter, readYear } from './months.ts';
import { readAllTime, readNamedDay, readNow, readWeekday, readWeekend } from './named-days.ts';
import { type Passage, type Period, type PeriodReader, readFirst } from './period.ts';
import { readAgo, readBareLength, readLast, readNext, readThis, readToDate } from './relative.ts';
import { tokenAt } from './tokens.ts';

/** Several readers look at the same place: what was found there is kept as long as the text is. */
function remembered(read: PeriodReader): PeriodReader {
  const found = new WeakMap<Passage, Map<number, Period | null>>();
  return (passage, index) => {
    if (!canBegin(tokenAt(passage.tokens, index))) return null;
    const known = found.get(passage) ?? new Map<number, Period | null>();
    found.set(passage, known);
    const before = known.get(index);
    if (before !== undefined) return before;
    const period = read(passage, index);
    known.set(index, period);
    return period;
  };
}

/** Longer readings first: "the week before last" before "week", "12 March 2026" before "March". */
const PLAIN_READERS: readonly PeriodReader[] = [
  readTimed,
  readNumericDate,
  readWeekNumber,
  readDayOfMonth,
  readWeekday,
  readWeekend,
  readQuarter,
  readMonth,
  readOrdinalDay,
  readNamedDay,
  readNow,
  readAllTime,
  readAgo,
  readToDate,
  readLast,
  readThis,
  readNext,
  readYear,
];

/** A period that leans on no other. */
export const readPlain: PeriodReader = remembered((passage, index) => readFirst(PLAIN_READERS, passage, index));

/** Any single period. */
export const readSingle: PeriodReader = remembered(
  (passage, index) =>
    readPartOf(passage, index, readPlain) ??
    readAnchored(passage, index, readPlain) ??
    readPlain(passage, index) ??
    readBareLength(passage, index),
);
