import type { Kysely } from 'kysely';
import { SOURCES } from '../core/records.ts';
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
      return rows.flatMap((row) => {
        const source = SOURCES.find((known) => known === row.source);
        if (source === undefined) return [];
        return {
          source,
          first_event_at: row.first_event_at.getTime(),
          last_event_at: row.last_event_at.getTime(),
          last_received_at: row.last_received_at.getTime(),
          events_total: row.events_total,
        };
      });
    },
  };
}
