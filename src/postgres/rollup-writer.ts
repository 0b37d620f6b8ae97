import { type Kysely, sql, type Transaction } from 'kysely';
import { NORMALISER_VERSION } from '../core/text/route.ts';
import type { StoreContext } from './context.ts';
import { applyDefinition, describeDefinition } from './rollup-definition.ts';
import { expandAccountMarks } from './rollup-dirty.ts';
import { readSurfaceRules } from './surface-rules.ts';
import type { Database } from './tables.ts';

export interface RollupWriter {
  /** In one transaction, as the only writer of this workspace's rollups: whoever waits sees all that the one before committed. */
  locked<T>(work: (trx: Transaction<Database>) => Promise<T>): Promise<T>;
  /** Marks what follows from a change of the definition, before rows are written under it. */
  applyDefinition(trx: Transaction<Database>): Promise<void>;
  /** Marks everything that is dirty besides what new events touched. */
  completeMarks(trx: Transaction<Database>): Promise<void>;
}

/** What whoever writes rollups of any grain has to keep to. */
export function createRollupWriter(kysely: Kysely<Database>, context: StoreContext): RollupWriter {
  const { workspace, log } = context;
  const apply = async (trx: Transaction<Database>): Promise<void> => {
    const definition = describeDefinition(context, NORMALISER_VERSION, await readSurfaceRules(trx, workspace));
    const changed = await applyDefinition(trx, context, definition);
    if (changed.length > 0) log.info({ changed }, 'The definition of the rollups changed: rebuilding all of them');
  };
  return {
    locked: (work) =>
      kysely.transaction().execute(async (trx) => {
        await sql`SELECT pg_advisory_xact_lock(hashtextextended('seepass.rollups:' || ${workspace}::text, 0))`.execute(
          trx,
        );
        return work(trx);
      }),
    applyDefinition: apply,
    async completeMarks(trx) {
      await apply(trx);
      await expandAccountMarks(trx, context);
    },
  };
}
