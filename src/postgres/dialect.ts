import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import type pg from 'pg';
import { explainFailure } from './failure.ts';

/** Kysely's PostgreSQL dialect, whose lost connections come out as a SeepassError that says what to do. */
export class ExplainingDialect extends PostgresDialect {
  readonly #description: string;

  constructor(pool: pg.Pool, description: string) {
    // The handle owns the pool: destroying one Kysely must not close it for everybody else.
    super({ pool: { connect: () => pool.connect(), end: async () => {} } });
    this.#description = description;
  }

  override createDriver(): Driver {
    return new ExplainingDriver(super.createDriver(), this.#description);
  }
}

class ExplainingDriver implements Driver {
  readonly #inner: Driver;
  readonly #description: string;

  constructor(inner: Driver, description: string) {
    this.#inner = inner;
    this.#description = description;
  }

  init = () => this.#inner.init();
  destroy = () => this.#inner.destroy();

  async acquireConnection(): Promise<DatabaseConnection> {
    try {
      return new ExplainingConnection(await this.#inner.acquireConnection(), this.#description);
    } catch (error) {
      throw explainFailure(error, this.#description);
    }
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    await this.#inner.releaseConnection(connection instanceof ExplainingConnection ? connection.inner : connection);
  }

  beginTransaction = (connection: DatabaseConnection, settings: TransactionSettings) =>
    this.#inner.beginTransaction(connection, settings);
  commitTransaction = (connection: DatabaseConnection) => this.#inner.commitTransaction(connection);
  rollbackTransaction = (connection: DatabaseConnection) => this.#inner.rollbackTransaction(connection);
}

class ExplainingConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  readonly #description: string;

  constructor(inner: DatabaseConnection, description: string) {
    this.inner = inner;
    this.#description = description;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await this.inner.executeQuery<R>(query);
    } catch (error) {
      throw explainFailure(error, this.#description);
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, chunkSize);
  }
}
