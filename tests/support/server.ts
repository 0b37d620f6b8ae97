/** The PostgreSQL server that database tests run on. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** A database on the server that goes when it is dropped. */
export interface ServerDatabase {
  readonly url: string;
  /** Made from this database of the server; nobody may be connected to it. */
  copy(): Promise<ServerDatabase>;
  drop(): Promise<void>;
}

/** Makes a database of the caller's own on the server. */
export function makeServerDatabase(server: string): Promise<ServerDatabase> {
  return makeFrom(server, 'template1');
}

async function makeFrom(server: string, template: string): Promise<ServerDatabase> {
  const name = `seepass_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  await onServer(server, `ALTER DATABASE ${name} SET synchronous_commit = off`);
  const own = new URL(server);
  own.pathname = `/${name}`;
  return {
    url: own.href,
    copy: () => makeFrom(server, name),
    drop: () => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function findServer(): Promise<string | undefined> {
  const given = process.env.SEEPASS_TEST_DATABASE_URL;
  if (given) return given;
  for (const user of new Set([process.env.USER ?? 'root', 'root', 'postgres'])) {
    const url = `postgres://${encodeURIComponent(user)}@127.0.0.1:5432/postgres`;
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ ok: boolean }>(
        'SELECT rolcreatedb OR rolsuper AS ok FROM pg_roles WHERE rolname = current_user',
      );
      if (rows[0]?.ok) return url;
    } catch {
      // Nothing there, or it does not let this user in: try the next.
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return undefined;
}

/** Where the PostgreSQL half runs; undefined skips it. */
export const serverUrl = await findServer();
