/** What was expected of a page's hours, found once for all who look at them. */
import type { SurfaceHour } from '../../core/detect/hour-history.ts';
import { type ExpectedHour, expectHours } from '../../core/detect/hours/expect-hours.ts';
import type { Hour } from '../../core/hours.ts';
import type { Incident } from '../../core/incident/incident.ts';
import { hourlyMaintenance } from '../../core/maintenance.ts';
import type { Stores } from '../ports.ts';
import { readMaintenance } from '../read-maintenance.ts';

interface ExpectedContext {
  stores: Pick<Stores, 'maintenance' | 'settings'> & {
    hours: Pick<Stores['hours'], 'readAllPages' | 'readPageAmongAll'>;
  };
  /** IANA zone of the workspace. */
  timezone: string;
}

/** By the start of the hour. */
export type ExpectedHours = ReadonlyMap<number, ExpectedHour>;
export type ReadExpected = (lead: Incident['lead'], range: Hour) => Promise<ExpectedHours>;

/** As the judge begins: baselines by the hour of the week need four weeks, a fifth stands in for what is left out. */
const LEARNING = 35 * 86_400_000;
/** More incidents than are looked at within an hour. */
const REMEMBERED = 100;
/** Every incident that is shown after a tick is of the same hours; one that ended has a course of its own. */
const REMEMBERED_SUMS = 4;

/**
 * Learning five weeks anew takes some 60 ms, and a thousand pages' sums ten times that: of the same hours each is done
 * once, since what was judged stays as it is. Hours that were not judged have nothing expected of them.
 */
export function createExpectedHours(context: ExpectedContext): ReadExpected {
  const known = createMemory<ExpectedHours>(REMEMBERED);
  const sums = createMemory<SurfaceHour[]>(REMEMBERED_SUMS);
  return (lead, range) =>
    known(JSON.stringify([lead.surface, lead.metric, range.start, range.end]), () => {
      const learned = { start: range.start - LEARNING, end: range.end };
      const all = sums(JSON.stringify(learned), () => context.stores.hours.readAllPages(learned));
      return readExpected(context, lead, learned, all);
    });
}

/** Reads once by a key, the latest so many; what failed is read again. */
function createMemory<T>(most: number): (key: string, read: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key, read) => {
    const earlier = known.get(key);
    if (earlier !== undefined) return earlier;
    const reading = read();
    known.set(key, reading);
    reading.catch(() => known.delete(key));
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return reading;
  };
}

async function readExpected(
  { stores, timezone }: ExpectedContext,
  { surface, metric }: Incident['lead'],
  learned: Hour,
  all: Promise<SurfaceHour[]>,
): Promise<ExpectedHours> {
  const [history, windows] = await Promise.all([
    all.then((sums) => stores.hours.readPageAmongAll(learned, surface, sums)),
    readMaintenance(stores, learned, timezone),
  ]);
  const maintenance = hourlyMaintenance(windows);
  return new Map(expectHours(history, { surface, metric, timezone, maintenance }).map((one) => [one.hour, one]));
}
