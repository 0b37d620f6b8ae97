import { createHash } from 'node:crypto';
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { CATALOGUE } from '../../../core/catalogue/index.ts';
import { NORMALISER_VERSION } from '../../../core/text/route.ts';
import { dateInZone } from '../../../core/window.ts';
import type { StoreContext } from '../../context.ts';
import type { Database } from '../../tables.ts';
import { ACTOR_COLUMNS, KEPT_COLUMNS, KEPT_META } from './columns.ts';

const KEY = 'count_definition';

/** What counted days depend on besides their events: days made under another definition are not read. */
function describe({ timezone, failureStatuses }: StoreContext): string {
  const shape = JSON.stringify([CATALOGUE.measures, KEPT_COLUMNS, KEPT_META, ACTOR_COLUMNS]);
  return JSON.stringify({
    timezone,
    failure_statuses: [...new Set(failureStatuses)].sort((a, b) => a - b),
    normaliser_version: NORMALISER_VERSION,
    shape: createHash('sha256').update(shape).digest('hex').slice(0, 16),
  });
}

/** True where the stored definition is the present one; null where there is none. */
const isPresent = (context: StoreContext): RawBuilder<boolean | null> => sql`(
  SELECT value = ${describe(context)}::jsonb FROM settings WHERE workspace_id = ${context.workspace} AND key = ${KEY})`;

/**
 * The days whose counts are not those of their events.
 * @returns null when nothing was counted yet under the present definition.
 */
export async function readDirtyDays(db: Kysely<Database>, context: StoreContext): Promise<ReadonlySet<string> | null> {
  const { rows } = await sql<{ holds: boolean | null; dates: string[] }>`
    SELECT ${isPresent(context)} AS holds,
      ARRAY(SELECT DISTINCT date FROM dirty_days WHERE workspace_id = ${context.workspace}) AS dates`.execute(db);
  const [row] = rows;
  return row?.holds ? new Set(row.dates) : null;
}

/** Forgets what was counted under another definition, and marks every day that may have events. */
export async function applyCountDefinition(trx: Transaction<Database>, context: StoreContext): Promise<void> {
  const { rows } = await sql<{ holds: boolean | null }>`SELECT ${isPresent(context)} AS holds`.execute(trx);
  if (rows[0]?.holds) return;
  const { workspace, timezone, clock } = context;
  await trx.deleteFrom('daily_event_counts').where('workspace_id', '=', workspace).execute();
  await trx.deleteFrom('monthly_actors').where('workspace_id', '=', workspace).execute();
  const { first, last } = await trx
    .selectFrom('event_spans')
    .select(({ fn }) => [fn.min<Date | null>('first_at').as('first'), fn.max<Date | null>('last_at').as('last')])
    .where('workspace_id', '=', workspace)
    .executeTakeFirstOrThrow();
  if (first && last) {
    const [from, to] = [dateInZone(first.getTime(), timezone), dateInZone(last.getTime(), timezone)];
    await sql`
      INSERT INTO dirty_days (workspace_id, date)
      SELECT ${workspace}, day::date FROM generate_series(${from}::date::timestamp, ${to}::date::timestamp, '1 day') day`.execute(
      trx,
    );
  }
  const value = describe(context);
  const updated_at = new Date(clock());
  await trx
    .insertInto('settings')
    .values({ workspace_id: workspace, key: KEY, value, updated_by: 'system', updated_at })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'key']).doUpdateSet({ value, updated_at }))
    .execute();
}
