import { join } from 'node:path';
import type { Config } from './config.ts';
import { keepCurrency } from './pipeline/keep-currency.ts';
import type { Clock, Log, NewId, Stores } from './pipeline/ports.ts';
import { type DatabaseHandle, type DatabaseTarget, openDatabase, parseDatabaseTarget } from './postgres/database.ts';
import { migrateToLatest } from './postgres/migrate.ts';
import { createStores } from './postgres/stores.ts';

/** Where the embedded database lives when nothing else is said. */
export const DEFAULT_DATABASE = join('.seepass', 'db');

export interface OpenStores {
  readonly handle: DatabaseHandle;
  /** What was asked for; `handle.join` is how another thread or process joins it. */
  readonly target: DatabaseTarget;
  readonly stores: Stores;
  close(): Promise<void>;
}

/** Opens the database named by the option, else by DATABASE_URL, else the embedded folder; migrates it; binds the stores. */
export async function openStores(
  config: Config,
  database: string | undefined,
  { log, clock, newId }: { log: Log; clock: Clock; newId: NewId },
): Promise<OpenStores> {
  const target = parseDatabaseTarget(database ?? config.database.url?.reveal() ?? DEFAULT_DATABASE);
  const handle = await openDatabase(target, { log });
  try {
    await migrateToLatest(handle);
    const { workspace, timezone, failureStatuses, currency } = config;
    const stores = createStores(handle, { workspace, timezone, failureStatuses, clock, newId, log });
    await keepCurrency(stores, currency);
    return { handle, target, stores, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}
