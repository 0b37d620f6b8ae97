import { type Kysely, sql } from 'kysely';
import { OTHER_SURFACE } from '../core/text/surface-rules.ts';
import type { SurfaceStore } from '../pipeline/surfaces.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

const DAYS = 90;

export function createSurfaceStore(db: Kysely<Database>, { workspace }: StoreContext): SurfaceStore {
  return {
    async list() {
      const { rows } = await sql<{ surface: string }>`
        SELECT DISTINCT surface FROM daily_surface_metrics WHERE workspace_id = ${workspace} AND date >= (
          SELECT max(date) - ${DAYS}::int FROM daily_surface_metrics WHERE workspace_id = ${workspace}
        )
        UNION SELECT DISTINCT surface FROM dirty_buckets WHERE workspace_id = ${workspace}
        ORDER BY surface`.execute(db);
      return rows.map(({ surface }) => surface);
    },

    async countOther({ start, end }) {
      const { rows } = await sql<{ all: number; other: number }>`
        WITH counted AS (
          SELECT surface, pageviews + actions + dropoffs + errors + tickets + requests AS n
          FROM daily_surface_metrics WHERE workspace_id = ${workspace} AND date >= ${start} AND date < ${end}
        )
        SELECT coalesce(sum(n), 0)::float8 AS all, coalesce(sum(n) FILTER (WHERE surface = ${OTHER_SURFACE}), 0)::float8 AS other
        FROM counted`.execute(db);
      return rows[0] ?? { all: 0, other: 0 };
    },
  };
}
