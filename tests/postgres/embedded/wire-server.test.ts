import { once } from 'node:events';
import { connect } from 'node:net';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseHandle, openDatabase } from '../../../src/postgres/database.ts';
import type { SocketAddress } from '../../../src/postgres/embedded/address.ts';
import { embeddedTemplate } from '../../support/database.ts';
import { silentLog } from '../../support/silent-log.ts';

let handle: DatabaseHandle;
let address: SocketAddress;
beforeAll(async () => {
  handle = await openDatabase({ kind: 'memory', template: await embeddedTemplate() }, { log: silentLog });
  if (handle.join.kind !== 'served') throw new Error('the embedded database is not served');
  address = handle.join.address;
  await handle.pool.query('CREATE TABLE notes (id integer PRIMARY KEY, text text)');
});
afterAll(() => handle.close());

async function inTransaction(work: (client: pg.PoolClient) => Promise<unknown>): Promise<void> {
  const client = await handle.pool.connect();
  try {
    await client.query('BEGIN');
    await work(client);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

describe('many connections to the embedded database', () => {
  it('never run the values of one statement through another, however large or slow they are', async () => {
    const large = 'y'.repeat(300_000);
    const asked = Array.from({ length: 120 }, async (_, n) => {
      if (n % 3 === 0) {
        const { rows } = await handle.pool.query('SELECT length($1::text) AS length, $2::integer AS n', [large, n]);
        return expect(rows).toEqual([{ length: large.length, n }]);
      }
      if (n % 3 === 1) {
        const { rows } = await handle.pool.query('SELECT $1::text AS text', [`text ${n}`]);
        return expect(rows).toEqual([{ text: `text ${n}` }]);
      }
      return inTransaction(async (client) => {
        const { rows } = await client.query('SELECT $1::integer + 1 AS next', [n]);
        await client.query('INSERT INTO notes VALUES ($1, $2)', [1000 + n, `note ${n}`]);
        expect(rows).toEqual([{ next: n + 1 }]);
      });
    });
    await Promise.all(asked);
    const { rows } = await handle.pool.query("SELECT count(*) AS notes FROM notes WHERE text = 'note ' || (id - 1000)");
    expect(rows).toEqual([{ notes: 40 }]);
  });

  it('keep the error of one transaction inside of it', async () => {
    const failing = inTransaction((client) => client.query('SELECT 1 / 0'));
    const working = inTransaction((client) => client.query("INSERT INTO notes VALUES (3, 'beside an error')"));
    await expect(failing).rejects.toThrow('division by zero');
    await working;
    expect((await handle.pool.query('SELECT text FROM notes WHERE id = 3')).rows).toEqual([
      { text: 'beside an error' },
    ]);
  });

  it('roll back what a connection that breaks had open, and go on', async () => {
    const client = await handle.pool.connect();
    await client.query('BEGIN');
    await client.query("INSERT INTO notes VALUES (1, 'never committed')");
    const waiting = handle.pool.query('SELECT count(*) AS notes FROM notes WHERE id = 1');
    client.release(true);
    expect((await waiting).rows).toEqual([{ notes: 0 }]);
  });

  it('outlive a client that speaks something else', async () => {
    for (const bytes of [Buffer.from('GET / HTTP/1.1\r\n\r\n'), Buffer.alloc(64, 0xff), Buffer.from([0, 0, 0, 8])]) {
      const socket = connect(address);
      socket.on('error', () => undefined);
      socket.end(bytes);
      await once(socket, 'close');
    }
    expect((await handle.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('let another thread or process join', async () => {
    const joined = await openDatabase(handle.join, { log: silentLog });
    await joined.pool.query("INSERT INTO notes VALUES (2, 'from the joiner')");
    expect((await handle.pool.query('SELECT text FROM notes WHERE id = 2')).rows).toEqual([
      { text: 'from the joiner' },
    ]);
    await joined.close();
  });

  it('return megabytes whole', async () => {
    const { rows } = await handle.pool.query<{ text: string }>(
      "SELECT repeat('é', 100000) AS text FROM generate_series(1, 50)",
    );
    expect(rows).toHaveLength(50);
    expect(rows.every((row) => row.text === 'é'.repeat(100_000))).toBe(true);
  });
});
