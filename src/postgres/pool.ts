import { Socket } from 'node:net';
import pg from 'pg';
import type { SocketAddress } from './embedded/address.ts';
import { typeParsers } from './type-parsers.ts';

/** The embedded database runs one statement at a time: more connections would only wait. */
const EMBEDDED_CONNECTIONS = 4;
const SERVER_CONNECTIONS = 10;
const SERVER_CONNECT_MS = 10_000;
/** Longer than any statement of ours holds the embedded database: a joiner waits for its turn. */
const EMBEDDED_CONNECT_MS = 120_000;

export function serverPool(url: string): pg.Pool {
  return new pg.Pool({
    connectionString: url,
    max: SERVER_CONNECTIONS,
    connectionTimeoutMillis: SERVER_CONNECT_MS,
    application_name: 'seepass',
    types: typeParsers,
    // Days are cut with explicit zones; this keeps a statement that forgot one from depending on the server.
    onConnect: async (client) => {
      await client.query("SET TIME ZONE 'UTC'");
    },
  });
}

/** Each new connection asks where the database is served now, so the pool outlives the owner it started with. */
export function embeddedPool(locate: () => Promise<SocketAddress>): pg.Pool {
  return new pg.Pool({
    host: 'embedded',
    user: 'postgres',
    database: 'postgres',
    ssl: false,
    max: EMBEDDED_CONNECTIONS,
    connectionTimeoutMillis: EMBEDDED_CONNECT_MS,
    types: typeParsers,
    stream: () => new LocatedSocket(locate),
  });
}

class LocatedSocket extends Socket {
  readonly #locate: () => Promise<SocketAddress>;

  constructor(locate: () => Promise<SocketAddress>) {
    super();
    this.#locate = locate;
  }

  /** pg passes its own host and port; where to go is decided here. */
  override connect(): this {
    this.#locate().then(
      (address) => super.connect(address),
      (error: Error) => this.destroy(error),
    );
    return this;
  }
}
