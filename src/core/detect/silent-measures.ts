/** What a source that fell silent takes with it: measures nobody else brings are missing that day, not zero. */
import { type HourOfWeek, learnCadence, type SentHour, type SourceHistory } from '../delivery/source-cadence.ts';
import type { EventType, Source } from '../records.ts';
import { WATCHED, type Watched } from './watched.ts';

/** The kinds of events that make a measure. */
const TYPE_OF: Readonly<Record<Watched, EventType>> = {
  pageviews: 'pageview',
  actions: 'action',
  dropoffs: 'dropoff',
  errors: 'error',
  tickets: 'ticket',
  requests: 'request',
};

/** A day as instants, epoch milliseconds, half-open. */
export interface DaySpan {
  start: number;
  end: number;
}

/**
 * Which measures are missing on each of the days because every source that brings them sent nothing all day, and had by
 * its end been silent for longer than it ever usually is. A day depends on the hours until its end only; a source with
 * too little history is never held silent.
 * @param sources what each ever sent.
 */
export function silentMeasures(
  days: readonly DaySpan[],
  sources: readonly { source: Source; types: readonly EventType[] }[],
  histories: readonly SourceHistory[],
  hourOfWeek: HourOfWeek,
): Watched[][] {
  const silent = new Map(
    histories.map(({ source, hours }) => [source, days.map((day) => isSilentAllDay(hours, day, hourOfWeek))]),
  );
  return days.map((day, slot) =>
    WATCHED.filter((measure) => {
      const bringers = sources.filter(({ source, types }) => {
        const first = histories.find((history) => history.source === source)?.hours[0];
        return types.includes(TYPE_OF[measure]) && first !== undefined && first.hour < day.end;
      });
      return bringers.length > 0 && bringers.every(({ source }) => silent.get(source)?.[slot] === true);
    }),
  );
}

function isSilentAllDay(hours: readonly SentHour[], { start, end }: DaySpan, hourOfWeek: HourOfWeek): boolean {
  const next = firstFrom(hours, start);
  if ((hours[next]?.hour ?? Number.POSITIVE_INFINITY) < end) return false;
  const cadence = learnCadence(hours.slice(0, next), hourOfWeek);
  return cadence?.basis === 'learned' && cadence.expectedBy <= end;
}

/** The index of the first hour at or after an instant. */
function firstFrom(hours: readonly SentHour[], instant: number): number {
  let [low, high] = [0, hours.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hours[middle]?.hour ?? 0) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
