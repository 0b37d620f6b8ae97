import { lastSettledHour } from '../core/hours.ts';
import type { Clock, HourStore, Log } from './ports.ts';

export interface HourlyOptions {
  hours: Pick<HourStore, 'aggregateDirty' | 'prune'>;
  /** Epoch milliseconds the run is stamped with. */
  asOf: number;
  /** IANA zone of the workspace. */
  timezone: string;
  /** How long after its end an hour is complete: late sources have arrived by then. */
  settleMinutes: number;
  /** Hours are kept for as many days before the data's end. */
  keptDays: number;
  clock: Clock;
  log: Log;
}

/** The hourly tick: recomputes the hours that changed, and deletes those that are too old. Safe to repeat. */
export async function aggregateHours(options: HourlyOptions): Promise<void> {
  const { asOf, timezone, clock, log } = options;
  const started = clock();
  const { hours } = await options.hours.aggregateDirty();
  const pruned = await options.hours.prune(options.keptDays);
  const complete = new Date(lastSettledHour(asOf, timezone, options.settleMinutes).end).toISOString();
  log.info({ hours, pruned, complete, seconds: (clock() - started) / 1000 }, 'hourly rollups are up to date');
}
