import type { Hour } from '../core/hours.ts';
import { type MaintenanceWindow, toMaintenanceWindow } from '../core/maintenance.ts';
import type { Stores } from './ports.ts';
import { readWorkspaceConfig } from './workspace-config.ts';

/**
 * Every maintenance window that overlaps the range, whether a person declared it or the workspace's config does.
 * @param timezone IANA zone of the workspace.
 */
export async function readMaintenance(
  stores: Pick<Stores, 'maintenance' | 'settings'>,
  range: Hour,
  timezone: string,
): Promise<MaintenanceWindow[]> {
  const { maintenance } = await readWorkspaceConfig(stores.settings);
  const configured = maintenance.map((declared) => toMaintenanceWindow(declared, timezone));
  const inRange = configured.filter(({ starts_at, ends_at }) => starts_at < range.end && ends_at > range.start);
  return [...(await stores.maintenance.list(range)), ...inRange];
}
