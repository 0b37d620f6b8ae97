/** Time zones as people name them: `Europe/Berlin`, `berlin`, `New York`. */
import { distance } from 'fastest-levenshtein';

/** Names of today that the list of the runtime may still have under an older one. */
const RENAMED = [
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Yangon',
  'Asia/Ho_Chi_Minh',
  'Europe/Kyiv',
  'America/Nuuk',
  'America/Argentina/Buenos_Aires',
];

/** Every zone that can be chosen, by name, UTC first. */
export const ZONES: readonly string[] = [
  'UTC',
  ...[...new Set([...Intl.supportedValuesOf('timeZone'), ...RENAMED])].filter((zone) => zone !== 'UTC').sort(),
];

const plain = (name: string): string => name.toLowerCase().replaceAll('_', ' ');
const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1);

const byName = new Map<string, string>([
  ...ZONES.map((zone): [string, string] => [plain(cityOf(zone)), zone]),
  ...ZONES.map((zone): [string, string] => [plain(zone), zone]),
  ['gmt', 'UTC'],
  ['etc/utc', 'UTC'],
]);

/** The zone of a name or a city, however it is written; undefined where there is none. */
export function findZone(name: string): string | undefined {
  const found = byName.get(plain(name.trim()));
  if (found !== undefined || !name.includes('/')) return found;
  // Older names that the runtime knows and does not list.
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** A slip of up to this share of the letters still points to a name. */
const CLOSE_ENOUGH = 0.5;

/** The zone whose name or city looks most like the text; undefined where none does. */
export function nearestZone(name: string): string | undefined {
  const wanted = plain(name).slice(0, 60);
  let best: { zone: string; share: number } | undefined;
  for (const [known, zone] of byName) {
    const share = distance(wanted, known) / Math.max(wanted.length, known.length);
    if (share <= CLOSE_ENOUGH && (best === undefined || share < best.share)) best = { zone, share };
  }
  return best?.zone;
}
