import { createHash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { MEASURES } from '../core/catalogue/measures.ts';
import { SeepassError } from '../errors.ts';
import type { StoreContext } from './context.ts';
import { markEverything } from './rollup-dirty.ts';
import type { Database } from './tables.ts';

/** What a rollup row depends on besides its events. A row made under another definition has to be made again. */
export interface RollupDefinition {
  readonly timezone: string;
  readonly failure_statuses: readonly number[];
  readonly normaliser_version: number;
  /** The workspace's rules for pages, in their order. */
  readonly surface_rules: readonly string[];
  /** Fingerprint of the measures. */
  readonly measures: string;
}

const KEY = 'rollup_definition';

export function describeDefinition(
  { timezone, failureStatuses }: Pick<StoreContext, 'timezone' | 'failureStatuses'>,
  normaliserVersion: number,
  surfaceRules: readonly string[] = [],
): RollupDefinition {
  return {
    timezone,
    failure_statuses: [...new Set(failureStatuses)].sort((a, b) => a - b),
    normaliser_version: normaliserVersion,
    surface_rules: surfaceRules,
    measures: createHash('sha256').update(JSON.stringify(MEASURES)).digest('hex').slice(0, 16),
  };
}

/**
 * Marks everything dirty when the rollups were made under another definition, and remembers the present one.
 * @returns the names of what changed; none when nothing did, or nothing was ever aggregated.
 * @throws SeepassError `bad_config` when the zone changed and imported days, which have no events, stand in the old one.
 */
export async function applyDefinition(
  trx: Transaction<Database>,
  context: StoreContext,
  definition: RollupDefinition,
): Promise<string[]> {
  const { workspace } = context;
  const stored = await trx
    .selectFrom('settings')
    .select('value')
    .where('workspace_id', '=', workspace)
    .where('key', '=', KEY)
    .executeTakeFirst();
  const changed = stored === undefined ? [] : differences(stored.value, definition);
  if (stored !== undefined && changed.length === 0) return [];
  if (changed.includes('timezone')) await refuseImportedDays(trx, workspace, definition.timezone);
  if (changed.length > 0) await markEverything(trx, context);
  const value = JSON.stringify(definition);
  const updated_at = new Date(context.clock());
  await trx
    .insertInto('settings')
    .values({ workspace_id: workspace, key: KEY, value, updated_by: 'system', updated_at })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'key']).doUpdateSet({ value, updated_at }))
    .execute();
  return changed;
}

function differences(stored: unknown, definition: RollupDefinition): string[] {
  // What was made before there were rules was made without any.
  const before = new Map(Object.entries({ surface_rules: [], ...(typeof stored === 'object' ? stored : {}) }));
  return Object.entries(definition)
    .filter(([name, value]) => JSON.stringify(before.get(name)) !== JSON.stringify(value))
    .map(([name]) => name);
}

async function refuseImportedDays(trx: Transaction<Database>, workspace: string, timezone: string): Promise<void> {
  const imported = await sql`
    SELECT FROM daily_surface_metrics WHERE workspace_id = ${workspace} AND origin = 'aggregates' LIMIT 1`.execute(trx);
  if (imported.rows.length === 0) return;
  throw new SeepassError(
    'bad_config',
    `The workspace's time zone cannot change to ${timezone}: imported daily rows were cut in the old one and have no events to cut again.`,
    { fix: 'Set SEEPASS_TIMEZONE back, or import those days again into a new database.' },
  );
}
