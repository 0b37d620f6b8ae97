import { type RawBuilder, sql } from 'kysely';
import { summed } from '../additive.ts';
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
} from '../asked.ts';
import type { Family } from '../family.ts';
import { percentileOf } from '../percentile.ts';

/** Tickets that no agent has replied to by `asOf`; one that names no conversation cannot have been. */
export function unansweredTickets(asked: Asked, cut: Cut): Family {
  const keys = keysOf(asked, cut);
  const cells = sql`
    SELECT ${leading(keyColumns(asked, cut))}count(*) FILTER (WHERE answer.at IS NULL) AS numerator,
      NULL::bigint AS denominator, count(*) AS sample
    ${ticketsWithAnswer(asked, cut)} ${groupedBy(keys.map((_, place) => sql.lit(place + 1)))}`;
  return { cells, figures: (by) => summed(by), composable: true, readsEvents: true };
}

/** Median minutes from a ticket to the first reply of an agent by `asOf`, over the tickets that have one. */
export function firstResponseMinutes(asked: Asked, cut: Cut): Family {
  const cells = sql`
    SELECT ${leading(keyColumns(asked, cut))}extract(epoch FROM answer.at - events.ts)::float8 / 60 AS value
    ${ticketsWithAnswer(asked, cut)} AND answer.at IS NOT NULL`;
  return percentileOf(cells, 0.5);
}

/** A reply belongs to the ticket of its source and conversation, and answers it from then on. */
function ticketsWithAnswer(asked: Asked, cut: Cut): RawBuilder<unknown> {
  const { workspace, asOf } = asked;
  return sql`FROM events LEFT JOIN LATERAL (
      SELECT min(reply.ts) AS at FROM events reply
      WHERE reply.workspace_id = ${workspace} AND reply.type = 'reply' AND reply.source = events.source
        AND reply.meta ->> 'conversation_id' = events.meta ->> 'conversation_id' AND reply.meta ->> 'role' = 'agent'
        AND reply.ts >= events.ts AND reply.ts <= ${new Date(asOf)}::timestamptz
    ) answer ON true
    WHERE ${inPeriod(asked, cut.period)} AND events.type = 'ticket' AND ${allOf(filterConditions(asked))}`;
}
