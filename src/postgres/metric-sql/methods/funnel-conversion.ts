import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Funnel } from '../../../core/funnel.ts';
import { compileSelector } from '../../event-selector-sql.ts';
import {
  type Asked,
  allOf,
  anyOf,
  bucketOf,
  type Cut,
  filterConditions,
  groupColumns,
  inPeriod,
  keysOf,
  leading,
  refs,
} from '../asked.ts';
import { countOnce } from '../distinct.ts';
import type { Family } from '../family.ts';
import { namedFunnels } from './funnels.ts';

/**
 * Who took the first step, and every further one after it, in order, within the window (by a grain: within the bucket).
 * The earliest event that fits each step is taken, which never misses a way that exists. People without a pseudonym
 * are told apart by account. Filters and groups look at the first step alone: later ones may come from other tools.
 */
export function funnelConversion(asked: Asked, cut: Cut): Family {
  const keys = keysOf(asked, cut);
  const cells = namedFunnels(asked).map((funnel) => sql`(${takenSteps(asked, cut, funnel)})`);
  const none = sql`SELECT ${leading(keys.map((key) => sql`NULL::${key === 'bucket' ? sql`int` : sql`text`} AS ${sql.ref(key)}`))}
    NULL::text AS who, false AS in_numerator, false AS in_denominator, false AS in_sample, 0 AS sampled WHERE false`;
  const family = countOnce(cells.length === 0 ? none : sql.join(cells, sql` UNION ALL `), keys, 'once');
  return { ...family, composable: false };
}

const actor = sql<string | null>`coalesce('user ' || events."user", 'account ' || events.account)`;

function takenSteps(asked: Asked, cut: Cut, funnel: Funnel): RawBuilder<unknown> {
  const steps = funnel.steps.map((step) => compileSelector(step));
  const groups = groupColumns(asked, (dimension, column) =>
    dimension === 'funnel' ? sql`${funnel.id}::text` : column,
  );
  const groupKeys = keysOf(asked, { grained: false });
  const fits = (step: number): RawBuilder<SqlBool> => sql<SqlBool>`step.${sql.ref(`fits_${step}`)}`;
  const further = funnel.steps.slice(1).map((_, index) => {
    const [before, now] = [sql.table(`step_${index}`), sql.table(`step_${index + 1}`)];
    return sql`${now} AS (
      SELECT DISTINCT ON (step.bucket, step.who) step.bucket, step.who, step.ts, step.event_key
      FROM ${before} earlier JOIN steps step ON step.bucket = earlier.bucket AND step.who = earlier.who
      WHERE ${fits(index + 1)} AND (step.ts, step.event_key) > (earlier.ts, earlier.event_key)
      ORDER BY step.bucket, step.who, step.ts, step.event_key)`;
  });
  return sql`
    WITH steps AS MATERIALIZED (
      SELECT ${cut.grained ? bucketOf(cut.period) : sql`0`} AS bucket, ${actor} AS who, events.ts, events.event_key,
        ${leading(groups)}${allOf(filterConditions(asked))} AS counted,
        ${sql.join(steps.map((selected, step) => sql`${selected} AS ${sql.ref(`fits_${step}`)}`))}
      FROM events WHERE ${inPeriod(asked, cut.period)} AND ${anyOf(steps)} AND ${actor} IS NOT NULL
    ), step_0 AS (
      SELECT DISTINCT ON (step.bucket, step.who) step.* FROM steps step WHERE ${fits(0)} AND step.counted
      ORDER BY step.bucket, step.who, step.ts, step.event_key
    ), ${sql.join(further)}
    SELECT ${leading([...(cut.grained ? [sql`began.bucket`] : []), ...refs(groupKeys, 'began')])}
      ${funnel.id}::text || ' ' || began.who AS who, ended.who IS NOT NULL AS in_numerator, true AS in_denominator,
      true AS in_sample, 1 AS sampled
    FROM step_0 began LEFT JOIN ${sql.table(`step_${funnel.steps.length - 1}`)} ended
      ON ended.bucket = began.bucket AND ended.who = began.who`;
}
