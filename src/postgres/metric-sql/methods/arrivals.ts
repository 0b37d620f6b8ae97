import { type RawBuilder, sql } from 'kysely';
import { getMeasure } from '../../../core/catalogue/index.ts';
import type { EventType } from '../../../core/records.ts';
import { selectEvents } from '../../rollup-sql.ts';
import { actorsIn } from '../actors.ts';
import {
  type Asked,
  allOf,
  bucketOf,
  type Cut,
  filterConditions,
  inPeriod,
  isPlain,
  keyColumns,
  leading,
} from '../asked.ts';

/** What makes a user active: a pageview, an action or a message. */
export const useOf = ({ failureStatuses }: Pick<Asked, 'failureStatuses'>) =>
  selectEvents(getMeasure('active_users').events, failureStatuses);

export const USE_TYPES: readonly EventType[] = getMeasure('active_users').events.map(({ type }) => type);

/** What makes a user new: the sign-up where any source of the workspace sends them, else the first use. */
export const arrivalTypes = ({ hasSignups }: Pick<Asked, 'hasSignups'>): readonly EventType[] =>
  hasSignups ? ['signup'] : USE_TYPES;

/**
 * Users who were new in the period, once each by bucket: (keys, who, ts). Filters and groups look at the event that made them
 * new. A sign-up without a user is a user of its own.
 */
export function arrivals(asked: Asked, cut: Cut): RawBuilder<unknown> {
  const filters = allOf(filterConditions(asked));
  const once = cut.grained ? sql`bucket, who` : sql`who`;
  // Nothing is asked of the event that made them new: when it was says all.
  if (!asked.hasSignups && isPlain(asked))
    return sql`SELECT ${cut.grained ? sql`${bucketOf(cut.period)} AS bucket, ` : sql``}events."user" AS who, events.ts
      FROM (${began(asked, cut)}) AS events`;
  const who = asked.hasSignups ? sql`coalesce(events."user", events.event_key::text)` : sql`events."user"`;
  return sql`
    SELECT * FROM (
      SELECT DISTINCT ON (${once}) * FROM (
        SELECT ${leading(keyColumns(asked, cut))}${who} AS who, events.ts, events.event_key, ${filters} AS counted
        FROM events ${asked.hasSignups ? sql`` : beganWith(asked, cut)}
        WHERE ${inPeriod(asked, cut.period)} AND ${asked.hasSignups ? sql`type = 'signup'` : useOf(asked)}
      ) new ORDER BY ${once}, ts, event_key
    ) first WHERE counted`;
}

/** Joins the first use of those who had none before the period: that takes a look at all that came before. */
const beganWith = (asked: Asked, cut: Cut): RawBuilder<unknown> =>
  sql`JOIN (${began(asked, cut)}) began ON began."user" = events."user" AND began.ts = events.ts`;

/** Those who had no use before the period, and when theirs began: (user, ts). */
function began(asked: Asked, { period }: Cut): RawBuilder<unknown> {
  const { start } = period;
  const used = sql`SELECT "user", min(ts) AS ts FROM events
    WHERE ${inPeriod(asked, period)} AND "user" IS NOT NULL AND ${useOf(asked)} GROUP BY "user"`;
  // An outer join, as PostgreSQL would run NOT EXISTS over a grouped query once a row.
  const before =
    asked.firstUse < start
      ? sql`LEFT JOIN (${actorsIn(asked, USERS, [{ start: asked.firstUse, until: start }])}) before
          ON before.who = used."user" WHERE before.who IS NULL`
      : sql``;
  return sql`SELECT used.* FROM (${used}) used ${before}`;
}

const USERS = { kind: 'user', column: 'active' } as const;
