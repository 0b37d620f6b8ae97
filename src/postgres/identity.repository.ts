import { type Kysely, type RawBuilder, sql } from 'kysely';
import { SOURCES, type Source } from '../core/records.ts';
import type { IdentityMatch, IdentityStore } from '../pipeline/identity.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

interface PairRow {
  source: string;
  other: string;
  shared: number;
}

export function createIdentityStore(db: Kysely<Database>, { workspace }: StoreContext): IdentityStore {
  const pairs = async (id: RawBuilder<unknown>, { start, end }: { start: number; end: number }) => {
    const { rows } = await sql<PairRow>`
      WITH seen AS (
        SELECT DISTINCT source, ${id} AS id FROM events
        WHERE workspace_id = ${workspace} AND ${id} IS NOT NULL
          AND ts >= ${new Date(start)}::timestamptz AND ts < ${new Date(end)}::timestamptz
      )
      SELECT own.source, others.source AS other, count(*)::int AS shared
      FROM seen AS own JOIN seen AS others USING (id) GROUP BY 1, 2 ORDER BY 1, 2`.execute(db);
    return rows;
  };

  return {
    async matches(range) {
      const latestKey = sql`(
        SELECT key_id FROM events
        WHERE workspace_id = ${workspace} AND key_id IS NOT NULL
          AND ts >= ${new Date(range.start)}::timestamptz AND ts < ${new Date(range.end)}::timestamptz
        ORDER BY ts DESC LIMIT 1)`;
      return [
        ...matchesOf('accounts', await pairs(sql`lower(account)`, range)),
        ...matchesOf('users', await pairs(sql`CASE WHEN key_id = ${latestKey} THEN "user" END`, range)),
      ];
    },
  };
}

/** A source paired with itself says how many it has; a pair that shares nobody has no row. */
function matchesOf(of: IdentityMatch['of'], rows: readonly PairRow[]): IdentityMatch[] {
  const shared = (source: Source, other: Source): number =>
    rows.find((row) => row.source === source && row.other === other)?.shared ?? 0;
  const known = SOURCES.filter((source) => shared(source, source) > 0);
  return known.flatMap((source) =>
    known
      .filter((other) => other !== source)
      .map((other) => {
        const [seen, matched] = [shared(source, source), shared(source, other)];
        return { source, other, of, seen, matched, rate: matched / seen };
      }),
  );
}
