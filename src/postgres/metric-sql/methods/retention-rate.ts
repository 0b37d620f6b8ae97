import { sql } from 'kysely';
import { addDays, dateInZone, judgedDate, startOfDay } from '../../../core/window.ts';
import { type Asked, type Cut, keysOf, leading, refs } from '../asked.ts';
import { countOnce } from '../distinct.ts';
import type { Family } from '../family.ts';
import { arrivals, useOf } from './arrivals.ts';

const DEFAULT_COHORT_DAY = 7;

/**
 * Of users new on a day, those active on the day that many days later, by the workspace's calendar. A cohort whose day
 * is not over by `asOf` is left out: nobody knows yet who comes back.
 */
export function retentionRate(asked: Asked, cut: Cut): Family {
  const { workspace, timezone, asOf, query } = asked;
  const keys = keysOf(asked, cut);
  const later = Number(query.filters.cohort_day ?? DEFAULT_COHORT_DAY);
  const lastCohort = addDays(judgedDate(asOf + 1, timezone), -later);
  const firstReturn = startOfDay(addDays(dateInZone(cut.period.start, timezone), later), timezone);
  const lastReturn = startOfDay(addDays(cut.period.lastDate, later + 1), timezone);
  const cells = sql`
    SELECT ${leading(refs(keys, 'arrived'))}arrived.who, returned."user" IS NOT NULL AS in_numerator,
      true AS in_denominator, true AS in_sample, 1 AS sampled
    FROM (${arrivals(asked, cut)}) arrived
    LEFT JOIN (
      SELECT DISTINCT "user", (ts AT TIME ZONE ${timezone})::date AS date FROM events
      WHERE workspace_id = ${workspace} AND ${useOf(asked)} AND "user" IS NOT NULL
        AND ts >= ${new Date(firstReturn)}::timestamptz AND ts < ${new Date(Math.min(lastReturn, asOf + 1))}::timestamptz
    ) returned ON returned."user" = arrived.who
      AND returned.date = (arrived.ts AT TIME ZONE ${timezone})::date + ${later}::int
    WHERE (arrived.ts AT TIME ZONE ${timezone})::date <= ${lastCohort}::date`;
  return { ...countOnce(cells, keys, 'once'), composable: false };
}
