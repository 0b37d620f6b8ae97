import { CADENCE_DAYS, createHourOfWeek } from '../core/delivery/source-cadence.ts';
import { createHistory, type History } from '../core/detect/history.ts';
import { HISTORY_DAYS } from '../core/detect/profile.ts';
import { silentMeasures } from '../core/detect/silent-measures.ts';
import type { Watched } from '../core/detect/watched.ts';
import { layOutMaintenance, type MaintenanceOf } from '../core/maintenance.ts';
import type { DateRange } from '../core/records.ts';
import { addDays, dayInstants, listDays, startOfDay } from '../core/window.ts';
import type { Stores } from './ports.ts';
import { readMaintenance } from './read-maintenance.ts';
import { readWorkspaceConfig } from './workspace-config.ts';

/** What the verdicts on a range are read from. */
export type HistoryStores = Pick<Stores, 'rollups' | 'settings' | 'maintenance' | 'freshness'>;

/** The rollups every verdict on the range may read, and nothing later. */
export async function readHistory(stores: HistoryStores, range: DateRange, timezone: string): Promise<History> {
  const { rollups } = stores;
  const reading = { start: addDays(range.start, -HISTORY_DAYS), end: range.end };
  const surfaceDays = await rollups.readSurfaceDays(reading);
  const signatureDays = await rollups.readSignatureDays(reading);
  const releaseDays = await rollups.readReleaseDays(reading);
  const declared = await readWorkspaceConfig(stores.settings);
  const reconciliations = await rollups.readReconciled(reading, declared.reconciliations);
  const maintenance = await readMaintainedDays(stores, reading, timezone);
  const silent = await readSilentMeasures(stores, reading, timezone);
  return createHistory({
    range: reading,
    surfaceDays,
    signatureDays,
    releaseDays,
    reconciliations,
    maintenance,
    silent,
  });
}

/** By day of the range, what is missing because its sources are silent for longer than they usually are. */
async function readSilentMeasures(
  { freshness }: Pick<Stores, 'freshness'>,
  range: DateRange,
  timezone: string,
): Promise<Watched[][]> {
  const start = startOfDay(addDays(range.start, -CADENCE_DAYS), timezone);
  const histories = await freshness.readHours({ start, end: startOfDay(range.end, timezone) });
  const days = listDays(range).map((date) => dayInstants(date, timezone));
  return silentMeasures(days, await freshness.list(), histories, createHourOfWeek(timezone));
}

/** Which days of the range count as under maintenance. */
export async function readMaintainedDays(
  stores: Pick<Stores, 'settings' | 'maintenance'>,
  range: DateRange,
  timezone: string,
): Promise<MaintenanceOf> {
  const instants = { start: startOfDay(range.start, timezone), end: startOfDay(range.end, timezone) };
  return layOutMaintenance(await readMaintenance(stores, instants, timezone), range, timezone);
}
