/** Releases that came out around a change, each held against its own kind. */
import { addDays, daysBetween } from '../../window.ts';
import type { ChangeTest } from './change-test.ts';
import { drivenBy, type Measured, type WhyMeasure } from './measured.ts';
import { ENOUGH_EXPOSURE, isOutOfLine } from './out-of-line.ts';
import type { ChangeRow } from './split.ts';
import type { WhyWindows } from './windows.ts';

/** A release that came out in or just before the later period. */
export interface ReleaseEvidence {
  release: string;
  /** Its first day here, YYYY-MM-DD. */
  began: string;
  /** The metric's ratio under it and before it; null where the metric has none. */
  under: number | null;
  before: number | null;
  /** Under other releases in the later period; null where hardly anybody used one. */
  others: number | null;
  /** It came out just before the change began, and the ratio under it is out of line while others' is not. */
  aligned: boolean;
}

export interface ReleaseStarts {
  /** The first day any release is known of, YYYY-MM-DD; null without any. */
  known_from: string | null;
  /** The first day of each, on the same pages. */
  starts: readonly { release: string; began: string }[];
}

const MOST_LISTED = 3;
/** A release counts as just before the period up to so many days ahead of it, or of where the change began. */
const JUST_BEFORE = 3;

interface Figures {
  windows: WhyWindows;
  rows: readonly ChangeRow[];
  releases: ReleaseStarts;
}

export function findReleases({ rows, releases, windows }: Figures, measured: Measured | undefined, test: ChangeTest) {
  const from = addDays(windows.now.start, -JUST_BEFORE);
  const totals = measured ? totalsOf(rows) : [];
  // What was there on the first day that is known may have been there for long.
  const recent = releases.starts.filter(
    ({ began }) => began >= from && began < windows.now.end && began > (releases.known_from ?? began),
  );
  return recent
    .map((each): ReleaseEvidence => ({ ...each, ...compareRelease(each, totals, measured, test) }))
    .sort((a, b) => Number(b.aligned) - Number(a.aligned) || (a.began < b.began ? 1 : -1))
    .slice(0, MOST_LISTED);
}

interface ReleaseTotals {
  release: string;
  now: ChangeRow | undefined;
  before: ChangeRow | undefined;
}

function totalsOf(rows: readonly ChangeRow[]): ReleaseTotals[] {
  const own = rows.filter(({ dimension, value }) => dimension === 'release' && value !== null);
  return [...new Set(own.map(({ value }) => value ?? ''))].map((release) => ({
    release,
    now: own.find(({ value, is_now }) => value === release && is_now),
    before: own.find(({ value, is_now }) => value === release && !is_now),
  }));
}

const UNKNOWN = { under: null, before: null, others: null, aligned: false };

/**
 * The release against its own kind: those that views run under against each other, those of the API by their requests.
 */
function compareRelease(
  { release, began }: { release: string; began: string },
  totals: readonly ReleaseTotals[],
  measured: Measured | undefined,
  test: ChangeTest,
): Pick<ReleaseEvidence, 'under' | 'before' | 'others' | 'aligned'> {
  const own = totals.find((each) => each.release === release)?.now;
  const exposures = measured ? [measured.exposure ?? drivenBy(measured.count), 'requests' as const] : [];
  const exposure = exposures.find((each) => each !== null && (own?.[each] ?? 0) >= ENOUGH_EXPOSURE);
  if (!measured || !own || !exposure) return UNKNOWN;
  const ratioOf = (volumes: readonly (ChangeRow | undefined)[]): number | null => {
    const { count, exposed } = sumOver(volumes, measured.count, exposure);
    return exposed >= ENOUGH_EXPOSURE ? count / exposed : null;
  };
  const kin = totals.filter(({ now, before }) => ((now ?? before)?.[exposure] ?? 0) > 0);
  const before = ratioOf(kin.map((each) => each.before));
  const others = ratioOf(kin.filter((each) => each.release !== release).map((each) => each.now));
  const under = own[measured.count] / own[exposure];
  if (before === null) return { ...UNKNOWN, under, others };
  const sign = Math.sign(test.change);
  const inTime = test.onset === null || (began <= test.onset && daysBetween(began, test.onset) <= JUST_BEFORE);
  const moved = isOutOfLine(own[measured.count], before * own[exposure], sign) && sign * (under - before) > 0;
  // Where the others moved half as much or more, the release is not what sets it apart.
  const apart = others === null || sign * (others - before) < (sign * (under - before)) / 2;
  return { under, before, others, aligned: test.outside !== false && inTime && moved && apart };
}

function sumOver(rows: readonly (ChangeRow | undefined)[], of: WhyMeasure, exposure: WhyMeasure) {
  return rows.reduce(
    (sum, row) => ({ count: sum.count + (row?.[of] ?? 0), exposed: sum.exposed + (row?.[exposure] ?? 0) }),
    { count: 0, exposed: 0 },
  );
}
