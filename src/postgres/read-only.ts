import { type Kysely, sql, type Transaction } from 'kysely';
import { SeepassError } from '../errors.ts';
import type { Database } from './tables.ts';

/** Longer than anything a person waits for. */
const TIMEOUT_MS = 5_000;
const CANCELLED = '57014';

interface ReadOnlyOptions {
  timeoutMs?: number;
  /** Planner settings for this transaction. */
  settings?: Readonly<Record<string, string>>;
}

/**
 * Reads for somebody who waits: in a transaction that cannot write and sees one state of the data, and no longer than
 * the timeout.
 * @throws SeepassError `query_too_slow` past the timeout.
 */
export async function readOnly<T>(
  db: Kysely<Database>,
  work: (trx: Transaction<Database>) => Promise<T>,
  { timeoutMs = TIMEOUT_MS, settings = {} }: ReadOnlyOptions = {},
): Promise<T> {
  // Compiling plans costs more than it saves; sorts of a week of events fit this memory.
  const all = { statement_timeout: String(timeoutMs), jit: 'off', work_mem: '64MB', ...settings };
  try {
    return await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (trx) => {
        await configure(trx, all);
        return work(trx);
      });
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === CANCELLED)) throw cause;
    throw new SeepassError('query_too_slow', `That took longer than ${timeoutMs / 1000} seconds, so it was stopped.`, {
      fix: 'Ask for a shorter window, or for one page.',
      cause,
    });
  }
}

/** Sets what holds until the transaction ends. */
export async function configure(trx: Transaction<Database>, settings: Readonly<Record<string, string>>): Promise<void> {
  const calls = Object.entries(settings).map(([name, value]) => sql`set_config(${name}, ${value}, true)`);
  await sql`SELECT ${sql.join(calls)}`.execute(trx);
}
