import type { Kysely } from 'kysely';
import type { CountStore } from '../pipeline/ports.ts';
import type { StoreContext } from './context.ts';
import { countDirtyDays } from './metric-sql/counts/write.ts';
import type { Database } from './tables.ts';

/** The counts that questions are answered from, kept in step with the events of one workspace. */
export function createCountStore(kysely: Kysely<Database>, context: StoreContext): CountStore {
  return { aggregateDirty: () => countDirtyDays(kysely, context) };
}
