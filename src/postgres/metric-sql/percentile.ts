import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Asked, allOf, type Cut, filterConditions, inPeriod, keyColumns, leading } from './asked.ts';
import { byKeys, type Family } from './family.ts';

/** A percentile of what the selected events hold, interpolated between neighbours; of each cut anew, never averaged. */
export function percentile(asked: Asked, cut: Cut, condition: RawBuilder<SqlBool>, p: number): Family {
  return percentileOf(
    sql`SELECT ${leading(keyColumns(asked, cut))}events.value AS value FROM events
      WHERE ${inPeriod(asked, cut.period)} AND ${condition} AND ${allOf(filterConditions(asked))}`,
    p,
  );
}

/** Of cells that hold one value each: (keys, value). The sample is how many there are. */
export function percentileOf(cells: RawBuilder<unknown>, p: number): Family {
  return {
    cells,
    composable: true,
    readsEvents: true,
    figures: (keys) =>
      byKeys(
        keys,
        sql`percentile_cont(${p}::float8) WITHIN GROUP (ORDER BY value) AS numerator, NULL::float8 AS denominator,
          count(value)::float8 AS sample`,
        sql`cells`,
      ),
  };
}
