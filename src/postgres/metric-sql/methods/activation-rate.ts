import { sql } from 'kysely';
import { compileSelector } from '../../event-selector-sql.ts';
import { type Asked, type Cut, keysOf, leading, refs } from '../asked.ts';
import { countOnce } from '../distinct.ts';
import type { Family } from '../family.ts';
import { arrivals } from './arrivals.ts';

const DAYS = 7;
const DAY_MS = 86_400_000;

/**
 * Of new users, those who reached the declared activation within 7 times 24 hours. Users whose days are not over by
 * `asOf` count as not activated until they are.
 */
export function activationRate(asked: Asked, cut: Cut): Family {
  const { workspace, asOf, config } = asked;
  const { start, until } = cut.period;
  const keys = keysOf(asked, cut);
  const last = Math.min(until + DAYS * DAY_MS, asOf + 1);
  const cells = sql`
    SELECT ${leading(refs(keys, 'arrived'))}arrived.who,
      EXISTS (SELECT FROM reached WHERE reached."user" = arrived.who AND reached.ts >= arrived.ts
        AND reached.ts < arrived.ts + ${DAYS * 24} * interval '1 hour') AS in_numerator,
      true AS in_denominator, true AS in_sample, 1 AS sampled
    FROM (${arrivals(asked, cut)}) arrived`;
  const reached = sql`
    SELECT "user", ts FROM events
    WHERE workspace_id = ${workspace} AND "user" IS NOT NULL AND ${compileSelector(config.outcomes.activation)}
      AND ts >= ${new Date(start)}::timestamptz AND ts < ${new Date(last)}::timestamptz`;
  return { ...countOnce(sql`WITH reached AS (${reached}) ${cells}`, keys, 'once'), composable: false };
}
