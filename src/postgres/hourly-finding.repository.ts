import { type Kysely, sql, type Transaction } from 'kysely';
import type { SurfaceState } from '../core/detect/judge-hours.ts';
import type { HourlyFindingStore } from '../pipeline/ports.ts';
import { bulkInsert } from './bulk-insert.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** About 2 MB of states: enough to make round trips cheap, little enough to be held twice. */
const STATES_A_STATEMENT = 200;

/** What the hourly judge has learned and found. */
export function createHourlyFindingStore(
  db: Kysely<Database>,
  { workspace }: Pick<StoreContext, 'workspace'>,
): HourlyFindingStore {
  const readJudged = () =>
    db
      .selectFrom('hourly_judged')
      .select(['judged_until', 'product_state'])
      .where('workspace_id', '=', workspace)
      .executeTakeFirst();

  return {
    async load() {
      const judged = await readJudged();
      if (!judged) return undefined;
      const surfaces = await db
        .selectFrom('hourly_model_states')
        .select(['surface', 'state'])
        .where('workspace_id', '=', workspace)
        .execute();
      return { judgedUntil: judged.judged_until.getTime(), product: judged.product_state, surfaces };
    },

    save: ({ before, judgedUntil, product, surfaces, findings }) =>
      db.transaction().execute(async (trx) => {
        // Takes the row's lock, so that of two only one sees what it began with.
        const moved = { judged_until: new Date(judgedUntil), product_state: Buffer.from(product) };
        const written =
          before === undefined
            ? await trx
                .insertInto('hourly_judged')
                .values({ workspace_id: workspace, ...moved })
                .onConflict((conflict) => conflict.doNothing())
                .returning('workspace_id')
                .execute()
            : await trx
                .updateTable('hourly_judged')
                .set(moved)
                .where('workspace_id', '=', workspace)
                .where('judged_until', '=', new Date(before))
                .returning('workspace_id')
                .execute();
        if (written.length === 0) return false;
        await replaceStates(trx, workspace, surfaces);
        const rows = findings.map(({ hour, since, ...finding }) => ({
          workspace_id: workspace,
          hour: new Date(hour),
          since: new Date(since),
          ...finding,
        }));
        await bulkInsert(trx, 'hourly_findings', rows);
        return true;
      }),

    async list({ start, end }, sensitivity) {
      const rows = await db
        .selectFrom('hourly_findings')
        .select(['hour', 'surface', 'metric', 'direction', 'current', 'expected', 'lower', 'upper'])
        .select(['score', 'state', 'since', 'reason'])
        .where('workspace_id', '=', workspace)
        .where('sensitivity', '=', sensitivity)
        .where('hour', '>=', new Date(start))
        .where('hour', '<', new Date(end))
        .orderBy('hour')
        .orderBy('surface')
        .orderBy('metric')
        .execute();
      return rows.map((row) => ({ ...row, hour: row.hour.getTime(), since: row.since.getTime() }));
    },

    judgedUntil: async () => (await readJudged())?.judged_until.getTime(),
  };
}

/** Surfaces that were forgotten lose their state. */
async function replaceStates(
  trx: Transaction<Database>,
  workspace: string,
  surfaces: readonly SurfaceState[],
): Promise<void> {
  const names = surfaces.map(({ surface }) => surface);
  await sql`
    DELETE FROM hourly_model_states
    WHERE workspace_id = ${workspace} AND surface <> ALL (${names}::text[])`.execute(trx);
  for (let start = 0; start < surfaces.length; start += STATES_A_STATEMENT)
    await trx
      .insertInto('hourly_model_states')
      .values(
        surfaces
          .slice(start, start + STATES_A_STATEMENT)
          .map(({ surface, state }) => ({ workspace_id: workspace, surface, state: Buffer.from(state) })),
      )
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'surface']).doUpdateSet(({ ref }) => ({ state: ref('excluded.state') })),
      )
      .execute();
}
