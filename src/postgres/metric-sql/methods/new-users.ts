import { type RawBuilder, sql } from 'kysely';
import { actorsIn } from '../actors.ts';
import {
  type Asked,
  allOf,
  type Cut,
  filterConditions,
  groupedBy,
  inPeriod,
  isPlain,
  keyColumns,
  keysOf,
  leading,
  refs,
} from '../asked.ts';
import { countOnce } from '../distinct.ts';
import type { Family } from '../family.ts';
import { arrivals, useOf } from './arrivals.ts';

/** Users who are new; the sample is everybody who was active, so that nobody new among many is a true zero. */
export function newUsers(asked: Asked, cut: Cut): Family {
  const keys = keysOf(asked, cut);
  const places = [...keys, 'who'].map((_, place) => sql.lit(place + 1));
  const cutActive = sql`
    SELECT ${leading(keyColumns(asked, cut))}events."user" AS who, false, false, true, count(*) FROM events
    WHERE ${inPeriod(asked, cut.period)} AND ${useOf(asked)} AND ${allOf(filterConditions(asked))} ${groupedBy(places)}`;
  const cells = sql`
    SELECT ${leading(refs(keys))}who, true AS in_numerator, false AS in_denominator, false AS in_sample, 0::bigint AS sampled
    FROM (${arrivals(asked, cut)}) arrived
    UNION ALL (${isPlain(asked) ? activeUsers(asked, cut) : cutActive})`;
  return countOnce(cells, keys, 'once');
}

function activeUsers(asked: Asked, { period, grained }: Cut): RawBuilder<unknown> {
  const { start, until, buckets } = period;
  const clip = (bucket: { start: number; end: number }) => ({
    start: Math.max(bucket.start, start),
    until: Math.max(start, Math.min(bucket.end, until)),
  });
  const active = actorsIn(asked, { kind: 'user', column: 'active' }, grained ? buckets.map(clip) : [{ start, until }]);
  return sql`SELECT ${grained ? sql`bucket, ` : sql``}who, false, false, true, 0 FROM (${active}) active`;
}
