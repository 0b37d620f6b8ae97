/** Lengths of time as people write them: "90m", "1h30m", "2 days", "a week". */
import { Temporal } from 'temporal-polyfill';

export interface Duration {
  /** On the calendar: a day keeps the time on the clock, also where that day has 23 hours. */
  days: number;
  milliseconds: number;
}

const MINUTE = 60_000;
const DAYS: ReadonlyMap<string, number> = new Map([
  ...words('d day days', 1),
  ...words('w wk wks week weeks', 7),
  ...words('fortnight fortnights', 14),
]);
const MILLISECONDS: ReadonlyMap<string, number> = new Map([
  ...words('m min mins minute minutes', MINUTE),
  ...words('h hr hrs hour hours', 60 * MINUTE),
]);
const COUNTS: ReadonlyMap<string, number> = new Map(
  ['a an one', 'two', 'three', 'four', 'five', 'six'].flatMap((list, index) => words(list, index + 1)),
);

function words(list: string, value: number): (readonly [string, number])[] {
  return list.split(' ').map((word) => [word, value] as const);
}

/** Undefined where the text is anything else, or more than ten years. */
export function readDuration(text: string): Duration | undefined {
  const plain = text.trim().toLowerCase();
  if (plain === 'half an hour') return { days: 0, milliseconds: 30 * MINUTE };
  const tokens = plain.match(/\d+(?:[.,]\d+)?|[a-z]+|\S/g) ?? [];
  const total: Duration = { days: 0, milliseconds: 0 };
  let count: number | undefined;
  for (const token of tokens.filter((word) => word !== 'and')) {
    if (count === undefined) {
      count = /^\d/.test(token) ? Number(token.replace(',', '.')) : COUNTS.get(token);
      if (count === undefined) return undefined;
      continue;
    }
    const days = DAYS.get(token);
    const milliseconds = MILLISECONDS.get(token);
    if (days !== undefined && Number.isInteger(count * days)) total.days += count * days;
    else if (days !== undefined) total.milliseconds += Math.round(count * days * 1440) * MINUTE;
    else if (milliseconds !== undefined) total.milliseconds += Math.round(count * milliseconds);
    else return undefined;
    count = undefined;
  }
  const isLength = count === undefined && (total.days > 0 || total.milliseconds > 0);
  return isLength && total.days + total.milliseconds / (1440 * MINUTE) <= 3660 ? total : undefined;
}

/** The instant (epoch ms) so long after another, on the clock of an IANA zone; before it with `direction` -1. */
export function addDuration(at: number, { days, milliseconds }: Duration, zone: string, direction: 1 | -1 = 1): number {
  const moved = Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .add({ days: direction * days });
  return moved.epochMilliseconds + direction * milliseconds;
}
