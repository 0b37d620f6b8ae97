import type { Kysely } from 'kysely';
import { EVENT_TYPES, SOURCES } from '../core/records.ts';
import type { FreshnessStore } from '../pipeline/ports.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

export function createFreshnessStore(db: Kysely<Database>, { workspace }: StoreContext): FreshnessStore {
  return {
    async list() {
      const rows = await db
        .selectFrom('source_freshness')
        .selectAll()
        .where('workspace_id', '=', workspace)
        .orderBy('source')
        .execute();
      const spans = await db
        .selectFrom('event_spans')
        .select(['source', 'type'])
        .where('workspace_id', '=', workspace)
        .execute();
      return rows.flatMap((row) => {
        const source = SOURCES.find((known) => known === row.source);
        if (source === undefined) return [];
        const own = new Set(spans.filter((span) => span.source === source).map(({ type }) => type));
        return {
          source,
          first_event_at: row.first_event_at.getTime(),
          last_event_at: row.last_event_at.getTime(),
          last_received_at: row.last_received_at.getTime(),
          events_total: row.events_total,
          types: EVENT_TYPES.filter((type) => own.has(type)),
        };
      });
    },

    async readHours({ start, end }) {
      const rows = await db
        .selectFrom('source_hours')
        .select(['source', 'hour', 'first_received_at'])
        .where('workspace_id', '=', workspace)
        .where('hour', '>=', new Date(start))
        .where('hour', '<', new Date(end))
        .orderBy('hour')
        .execute();
      return SOURCES.flatMap((source) => {
        const own = rows.filter((row) => row.source === source);
        if (own.length === 0) return [];
        const hours = own.map((row) => ({ hour: row.hour.getTime(), receivedAt: row.first_received_at.getTime() }));
        return { source, hours };
      });
    },
  };
}
