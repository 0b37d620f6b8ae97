import type { ReleaseDay } from '../../records.ts';
import { negativeBinomialUpperTail } from '../../stats.ts';
import { dayNumber } from '../../window.ts';
import { plainFinding, type RelatingRule, type RelationContext } from '../rule.ts';
import { errorFindings } from './co-occurrence.ts';

/** A release that began at most this many days before the judged one can have begun what is flagged now. */
const RECENT_DAYS = 7;
const MIN_SHARE = 0.5;
const MIN_RATIO = 1.5;
const MAX_P = 0.001;
/** Views or requests under other releases that day, from which their rate is a contrast. */
const MIN_CONTRAST = 30;
/** Relative variance of a rate from day to day that two periods may differ by without any release. */
const DISPERSION = 0.04;

/**
 * Most of a flagged surface's errors ran under a release that began lately, and the error rate under it is above
 * the rate before it. Says "began with", never "caused".
 */
export const release: RelatingRule = {
  kind: 'relate',
  id: 'release',
  summary: 'The errors of a flagged surface began with a release.',
  entityTypes: ['surface'],
  profiles: ['seed', 'default'],
  relate: (day) =>
    errorFindings(day.findings).flatMap(({ entity_type, entity_key }) => {
      const aligned = alignment(day, entity_key);
      if (!aligned) return [];
      return plainFinding(
        day,
        'release',
        { entity_type, entity_key },
        'error_rate',
        {
          release: aligned.release,
          began: aligned.began,
          share: aligned.share,
          rate_under: aligned.under,
          rate_before: aligned.before,
          rate_other_releases_that_day: aligned.others,
        },
        { current: aligned.under, expected: aligned.before, p_value: aligned.p, direction: 'up' },
      );
    }),
};

interface Alignment {
  release: string;
  began: string;
  share: number;
  under: number;
  before: number;
  /** Null where no other release ran that day: the strongest counter-evidence is then missing. */
  others: number | null;
  p: number;
}

function alignment(day: RelationContext, surface: string): Alignment | undefined {
  const from = day.history.firstDay + day.slot - day.settings.baselineDays;
  const rows = (day.history.releaseRows.get(surface) ?? []).filter(
    ({ date }) => dayNumber(date) >= from && date <= day.date,
  );
  const errors = sum(
    rows.filter(({ date }) => date === day.date),
    'errors',
  );
  const top = rows
    .filter(({ date }) => date === day.date)
    .reduce<ReleaseDay | undefined>(
      (best, row) =>
        !best || row.errors > best.errors || (row.errors === best.errors && row.release < best.release) ? row : best,
      undefined,
    );
  if (!top || errors <= 0) return undefined;
  // Only releases of the same service ran in its place: web@1.4.2 is held against web@…, never against api@….
  const same = rows.filter(({ release }) => serviceOf(release) === serviceOf(top.release));
  const today = same.filter(({ date }) => date === day.date);
  const own = same.filter(({ release }) => release === top.release);
  const began = own.map(({ date }) => date).sort()[0] ?? day.date;
  const before = same.filter(({ date }) => date < began);
  const share = top.errors / errors;
  const age = dayNumber(day.date) - dayNumber(began);
  // A release that is there from the first row on began nobody knows when.
  if (share < MIN_SHARE || age > RECENT_DAYS || before.length === 0) return undefined;
  const exposure = sum(before, 'pageviews') > 0 && top.pageviews > 0 ? 'pageviews' : 'requests';
  const exposedBefore = sum(before, exposure);
  const exposedUnder = top[exposure];
  if (exposedBefore <= 0 || exposedUnder <= 0) return undefined;
  const rateBefore = sum(before, 'errors') / exposedBefore;
  const under = top.errors / exposedUnder;
  const expected = ((sum(before, 'errors') + 0.5) / exposedBefore) * exposedUnder;
  const p = negativeBinomialUpperTail(top.errors, expected, expected + DISPERSION * expected ** 2);
  if (under < MIN_RATIO * rateBefore || p > MAX_P) return undefined;
  const rest = today.filter(({ release }) => release !== top.release);
  const others = sum(rest, exposure) > 0 ? sum(rest, 'errors') / sum(rest, exposure) : null;
  // Errors that other releases have as well, or that began days after the release, did not begin with it.
  if (others !== null && sum(rest, exposure) >= MIN_CONTRAST && under < MIN_RATIO * others) return undefined;
  const sinceThen = own.filter(({ date }) => date < day.date);
  if (age >= 2 && sum(sinceThen, 'errors') < MIN_RATIO * rateBefore * sum(sinceThen, exposure)) return undefined;
  return { release: top.release, began, share, under, before: rateBefore, others, p };
}

/** "web" of "web@1.42.0"; empty where releases name no service. */
function serviceOf(release: string): string {
  return release.slice(0, Math.max(0, release.lastIndexOf('@')));
}

function sum(rows: readonly ReleaseDay[], column: 'errors' | 'pageviews' | 'requests'): number {
  return rows.reduce((total, row) => total + row[column], 0);
}
