import { clockStretch } from '../../clock-stretch.ts';
import { formatWeekday } from '../../facts/render.ts';
import { dateOf, weekdayOf } from '../../window.ts';
import { DAY, HOUR, MINUTE } from './grain.ts';

export interface Calendar {
  /** Ms since local midnight, 0 to a day. */
  timeOfDay(at: number): number;
  /** 0 Monday … 6 Sunday, local. */
  weekday(at: number): number;
  /** "2026-02-03 14:00", local. */
  label(at: number): string;
  /** "a Tuesday at 14:00", local. */
  hourOfWeek(at: number): string;
  /** "14:00", local. */
  hourOfDay(at: number): string;
}

/** Local clock of an IANA zone, quick for times in ascending order. @throws RangeError for a zone nobody knows. */
export function createCalendar(zone: string): Calendar {
  let stretch = clockStretch(0, zone);
  const local = (at: number): number => {
    if (at < stretch.from || at >= stretch.until) stretch = clockStretch(at, zone);
    return at + stretch.ahead;
  };
  const timeOfDay = (at: number): number => ((local(at) % DAY) + DAY) % DAY;
  const dayOf = (at: number): number => Math.floor(local(at) / DAY);
  const hourOfDay = (at: number): string => {
    const minutes = Math.floor(timeOfDay(at) / MINUTE);
    return `${twoDigits(Math.floor(minutes / (HOUR / MINUTE)))}:${twoDigits(minutes % (HOUR / MINUTE))}`;
  };
  return {
    timeOfDay,
    weekday: (at) => weekdayOf(dayOf(at)),
    label: (at) => `${dateOf(dayOf(at))} ${hourOfDay(at)}`,
    hourOfWeek: (at) => `a ${formatWeekday(dateOf(dayOf(at)))} at ${hourOfDay(at)}`,
    hourOfDay,
  };
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
