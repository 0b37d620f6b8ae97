import { createSurfaceMatcher } from '../core/delivery/surface-pattern.ts';
import type { Hour } from '../core/hours.ts';
import type { Mark } from '../core/query/why/why.ts';
import { dateInZone } from '../core/window.ts';
import type { Stores } from './ports.ts';
import { readMaintenance } from './read-maintenance.ts';

/**
 * Annotations and maintenance of these pages within the range.
 * @param surface a page or a pattern; null for all of them.
 */
export async function readNoted(
  { stores, timezone }: { stores: Pick<Stores, 'why' | 'maintenance' | 'settings'>; timezone: string },
  surface: string | null,
  range: Hour,
): Promise<Mark[]> {
  const about = (pattern: string | null): boolean =>
    pattern === null ||
    surface === null ||
    createSurfaceMatcher(pattern)(surface) ||
    createSurfaceMatcher(surface)(pattern);
  const noted = (await stores.why.readAnnotations(range))
    .filter(({ surface_pattern }) => about(surface_pattern))
    .map(({ kind, at, text }) => ({ kind, date: dateInZone(at, timezone), text }));
  const maintained = (await readMaintenance(stores, range, timezone))
    .filter(({ surface_pattern }) => about(surface_pattern))
    .map(({ starts_at, reason }) => ({ kind: 'maintenance', date: dateInZone(starts_at, timezone), text: reason }));
  return [...noted, ...maintained];
}
