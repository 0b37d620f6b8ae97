import { type RawBuilder, type SqlBool, sql } from 'kysely';
import {
  type Asked,
  allOf,
  anyOf,
  type Cut,
  filterConditions,
  groupedBy,
  inPeriod,
  type Key,
  keyColumns,
  keysOf,
  leading,
  refs,
} from './asked.ts';
import { byKeys, type Family } from './family.ts';

/** What can be counted once each. */
export const COUNTED_ONCE = {
  account: sql<string | null>`events.account`,
  user: sql<string | null>`events."user"`,
  conversation: sql<string | null>`events.meta ->> 'conversation_id'`,
};

export interface DistinctTerms {
  readonly who: RawBuilder<string | null>;
  readonly numerator: RawBuilder<SqlBool>;
  readonly denominator: RawBuilder<SqlBool> | null;
  /** `once`: those selected, counted once each; `events`: the events. */
  readonly sample: { condition: RawBuilder<SqlBool>; count: 'once' | 'events' };
}

/** Distinct counts and ratios of them. Of a longer window they are counted anew, never added up. */
export function distinct(asked: Asked, cut: Cut, { who, numerator, denominator, sample }: DistinctTerms): Family {
  const keys = keysOf(asked, cut);
  const places = [...keys, 'who'].map((_, place) => sql.lit(place + 1));
  const cells = sql`
    SELECT ${leading(keyColumns(asked, cut))}${who} AS who, bool_or(${numerator}) AS in_numerator,
      ${denominator === null ? sql`false` : sql`bool_or(${denominator})`} AS in_denominator,
      bool_or(${sample.condition}) AS in_sample, count(*) FILTER (WHERE ${sample.condition}) AS sampled
    FROM events
    WHERE ${inPeriod(asked, cut.period)}
      AND ${anyOf([numerator, ...(denominator ? [denominator] : []), sample.condition])}
      AND ${allOf(filterConditions(asked))}
    ${groupedBy(places)}`;
  return countOnce(cells, keys, sample.count);
}

/**
 * Figures of cells that say who is in the numerator, the denominator and the sample: (keys, who, in_numerator,
 * in_denominator, in_sample, sampled), one row for each of `who` in a cell.
 */
export function countOnce(cells: RawBuilder<unknown>, finest: readonly Key[], sample: 'once' | 'events'): Family {
  const flags = ['in_numerator', 'in_denominator', 'in_sample'];
  return {
    cells,
    composable: true,
    readsEvents: true,
    figures: (keys) => {
      const once =
        keys.length === finest.length
          ? sql`cells`
          : sql`(SELECT ${leading(refs(keys))}who, ${sql.join(flags.map((flag) => sql`bool_or(${sql.ref(flag)}) AS ${sql.ref(flag)}`))},
              sum(sampled) AS sampled FROM cells ${groupedBy(refs([...keys, 'who']))}) once`;
      const many = (flag: string) => sql`count(*) FILTER (WHERE ${sql.ref(flag)} AND who IS NOT NULL)::float8`;
      return byKeys(
        keys,
        sql`${many('in_numerator')} AS numerator, ${many('in_denominator')} AS denominator,
          ${sample === 'once' ? many('in_sample') : sql`coalesce(sum(sampled), 0)::float8`} AS sample`,
        once,
      );
    },
  };
}
