import type { DateRange, SignatureDay, SurfaceDetail } from '../records.ts';
import { daysBetween } from '../window.ts';
import type { ColdStart } from './digest-model.ts';

const SHOWN = 3;

/**
 * What the first days of data already tell: the errors seen most, those that were not there on the first
 * day, and the themes of the tickets, latest beginnings first.
 * @param range half-open; starts on the first day of data.
 */
export function summariseColdStart(input: {
  date: string;
  range: DateRange;
  readyOn: string | null;
  signatures: readonly SignatureDay[];
  details: readonly SurfaceDetail[];
}): ColdStart {
  const { range } = input;
  const signatures = [...groupBy(input.signatures, ({ signature, surface }) => `${signature}\u0000${surface}`)].map(
    ([, days]) => ({
      signature: days[0]?.signature ?? '',
      surface: days[0]?.surface ?? '',
      errors: days.reduce((sum, day) => sum + day.errors, 0),
      since: earliest(days.map((day) => day.date)),
    }),
  );
  const byErrors = signatures.toSorted((a, b) => b.errors - a.errors || compare(a.signature, b.signature));
  return {
    readyOn: input.readyOn,
    days: daysBetween(range.start, range.end),
    topSignatures: byErrors.slice(0, SHOWN).map(({ signature, surface, errors }) => ({ signature, surface, errors })),
    newSignatures: byErrors
      .filter(({ since }) => since > range.start)
      .toSorted((a, b) => compare(b.since, a.since))
      .slice(0, SHOWN),
    themes: newestThemes(input.details),
  };
}

function newestThemes(details: readonly SurfaceDetail[]): ColdStart['themes'] {
  const mentions = details.flatMap(({ date, surface, top_ticket_topics }) =>
    top_ticket_topics.map(({ topic, count }) => ({ date, surface, topic, count })),
  );
  return [...groupBy(mentions, ({ topic, surface }) => `${topic}\u0000${surface}`)]
    .map(([, days]) => ({
      topic: days[0]?.topic ?? '',
      surface: days[0]?.surface ?? '',
      tickets: days.reduce((sum, day) => sum + day.count, 0),
      since: earliest(days.map((day) => day.date)),
    }))
    .sort((a, b) => compare(b.since, a.since) || b.tickets - a.tickets || compare(a.topic, b.topic))
    .slice(0, SHOWN);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

const earliest = (dates: readonly string[]): string => dates.toSorted()[0] ?? '';
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
