import { type Kysely, type RawBuilder, sql } from 'kysely';
import { followMerges, type Merges } from '../core/text/grouping/merges.ts';
import type { Database } from './tables.ts';

/** Every merge of the workspace, followed to its end; mostly none. */
export async function readMerges(db: Kysely<Database>, workspace: string): Promise<Merges> {
  const rows = await db
    .selectFrom('error_signatures')
    .select(['signature', 'merged_into'])
    .where('workspace_id', '=', workspace)
    .where('merged_into', 'is not', null)
    .execute();
  return followMerges(new Map(rows.map(({ signature, merged_into }) => [signature, merged_into ?? signature])));
}

/** The signature an event is counted under: an expression over `events.error_signature`. */
export function countedSignature(merges: Merges): RawBuilder<string | null> {
  if (merges.size === 0) return sql`error_signature`;
  return sql`coalesce(${JSON.stringify(Object.fromEntries(merges))}::jsonb ->> error_signature, error_signature)`;
}
