import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { dateInZone } from '../../core/window.ts';
import { monthlyPlans } from '../rollup-exposure.ts';
import {
  type Asked,
  allOf,
  type Cut,
  filterConditions,
  groupedBy,
  inPeriod,
  keyColumns,
  keysOf,
  leading,
  refs,
} from './asked.ts';
import { byKeys, type Family } from './family.ts';

/**
 * What the accounts of the selected events pay a month, each once: as known at the end of each bucket, and over
 * several at the end of the period. Months are never added up over days.
 */
export function exposure(asked: Asked, cut: Cut, condition: RawBuilder<SqlBool>): Family {
  const { workspace, timezone } = asked;
  const keys = keysOf(asked, cut);
  const places = [...keys, 'account'].map((_, place) => sql.lit(place + 1));
  const { buckets, lastDate, until } = cut.period;
  const ends = buckets.map(({ end }) => dateInZone(Math.min(end, until) - 1, timezone));
  const plans = monthlyPlans({ workspace, timezone, last: lastDate }, sql`account IN (SELECT account FROM cells)`);
  return {
    cells: sql`
      SELECT ${leading(keyColumns(asked, cut))}events.account AS account FROM events
      WHERE ${inPeriod(asked, cut.period)} AND events.account IS NOT NULL AND ${condition}
        AND ${allOf(filterConditions(asked))} ${groupedBy(places)}`,
    composable: true,
    readsEvents: true,
    figures: (by) => {
      const date = by.includes('bucket') ? sql`(${ends}::date[])[bucket + 1]` : sql`${lastDate}::date`;
      const once = sql`SELECT ${leading(refs(by))}account, ${date} AS date FROM cells ${groupedBy(refs([...by, 'account']))}`;
      return byKeys(
        by,
        sql`coalesce(sum(amount_minor), 0)::float8 AS numerator, NULL::float8 AS denominator, count(*)::float8 AS sample`,
        sql`(${once}) hit LEFT JOIN (${plans}) plan
          ON plan.account = hit.account AND hit.date >= plan.since AND hit.date < plan.until`,
      );
    },
  };
}
