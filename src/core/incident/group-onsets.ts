/** Which pages that leave normal in one hour do so for one reason. */
import type { HourlyFinding } from '../detect/hours/hourly-finding.ts';
import { surfacesOf } from './change.ts';
import type { IncidentCause } from './incident.ts';
import type { PageHour } from './page-hour.ts';

const HOUR = 3_600_000;
/** More incidents than this opened in one hour are told as one. */
export const STORM = 5;
/** Of a page's errors: what fewer of them have does not explain the page. */
const SHARED_FROM = 0.5;
/** A release is new for so long after it was first seen. */
const NEW_RELEASE = 6 * HOUR;

export interface OnsetGroup {
  findings: HourlyFinding[];
  /** Null for a page by itself. */
  cause: IncidentCause | null;
}

type Shared = Pick<IncidentCause, 'by' | 'value'>;

/**
 * One group a page, or for all pages that share the signature of most of their errors or a release that first appeared
 * within the last six hours. Sharing is transitive. In the order in which they are given.
 */
export function groupOnsets(
  findings: readonly HourlyFinding[],
  page: (surface: string) => PageHour | undefined,
): OnsetGroup[] {
  const parent = findings.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== undefined && parent[at] !== at) at = parent[at] ?? at;
    return at;
  };
  const first = new Map<string, number>();
  findings.forEach((finding, index) => {
    const keys = [`page ${finding.surface}`, ...sharedBy(finding, page).map(({ by, value }) => `${by} ${value}`)];
    for (const key of keys) {
      const known = first.get(key);
      if (known === undefined) first.set(key, index);
      else parent[root(index)] = root(known);
    }
  });
  const groups = new Map<number, HourlyFinding[]>();
  findings.forEach((finding, index) => {
    const at = root(index);
    groups.set(at, [...(groups.get(at) ?? []), finding]);
  });
  return [...groups.values()].map((group) => ({ findings: group, cause: causeOf(group, page) }));
}

/** What most pages of a group share; of a storm, where fewer than half share anything, only the hour. */
export function causeOf(
  findings: readonly HourlyFinding[],
  page: (surface: string) => PageHour | undefined,
): IncidentCause | null {
  const pages = surfacesOf(findings).length;
  if (pages < 2) return null;
  const shared = new Map<string, { cause: Shared; pages: Set<string> }>();
  for (const finding of findings) {
    for (const cause of sharedBy(finding, page)) {
      const key = `${cause.by} ${cause.value}`;
      const known = shared.get(key) ?? { cause, pages: new Set<string>() };
      known.pages.add(finding.surface);
      shared.set(key, known);
    }
  }
  const [most] = [...shared.values()].sort((a, b) => b.pages.size - a.pages.size);
  if (most !== undefined && 2 * most.pages.size >= pages) return { ...most.cause, members: most.pages.size };
  return { by: 'storm', value: '', members: pages };
}

/** The error most of a page's errors are, and a new release most of them ran under; missing traffic has neither. */
export function sharedBy(
  { surface, metric, hour }: Pick<HourlyFinding, 'surface' | 'metric' | 'hour'>,
  page: (surface: string) => Pick<PageHour, 'signature' | 'release'> | undefined,
): Shared[] {
  const known = page(surface);
  if (known === undefined || metric === 'traffic') return [];
  const { signature, release } = known;
  const causes: Shared[] = [];
  if (metric !== 'dropoff_rate' && signature !== null && signature.share >= SHARED_FROM)
    causes.push({ by: 'error_signature', value: signature.name });
  if (release !== null && release.share >= SHARED_FROM && isNew(release.firstSeen, hour))
    causes.push({ by: 'release', value: release.name });
  return causes;
}

const isNew = (firstSeen: number | null, hour: number): boolean =>
  firstSeen !== null && firstSeen >= hour - NEW_RELEASE;
