/** What was expected of a page's hours, found once for all who look at them. */
import { type ExpectedHour, expectHours } from '../../core/detect/hours/expect-hours.ts';
import type { Hour } from '../../core/hours.ts';
import type { Incident } from '../../core/incident/incident.ts';
import { hourlyMaintenance } from '../../core/maintenance.ts';
import type { Stores } from '../ports.ts';
import { readMaintenance } from '../read-maintenance.ts';

interface ExpectedContext {
  stores: Pick<Stores, 'maintenance' | 'settings'> & { hours: Pick<Stores['hours'], 'readPageAmongAll'> };
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

/**
 * Learning five weeks anew takes some 60 ms: of the same hours it is done once, since what was judged stays as it is.
 * Hours that were not judged have nothing expected of them.
 */
export function createExpectedHours(context: ExpectedContext): ReadExpected {
  const known = new Map<string, Promise<ExpectedHours>>();
  return (lead, range) => {
    const key = JSON.stringify([lead.surface, lead.metric, range.start, range.end]);
    const earlier = known.get(key);
    if (earlier !== undefined) return earlier;
    const read = readExpected(context, lead, range);
    known.set(key, read);
    read.catch(() => known.delete(key));
    const [oldest] = known.keys();
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    return read;
  };
}

async function readExpected(
  { stores, timezone }: ExpectedContext,
  { surface, metric }: Incident['lead'],
  { start, end }: Hour,
): Promise<ExpectedHours> {
  const learned = { start: start - LEARNING, end };
  const [history, windows] = await Promise.all([
    stores.hours.readPageAmongAll(learned, surface),
    readMaintenance(stores, learned, timezone),
  ]);
  const maintenance = hourlyMaintenance(windows);
  return new Map(expectHours(history, { surface, metric, timezone, maintenance }).map((one) => [one.hour, one]));
}
