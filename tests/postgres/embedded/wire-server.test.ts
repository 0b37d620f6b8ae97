import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseHandle, openDatabase } from '../../../src/postgres/database.ts';
import type { SocketAddress } from '../../../src/postgres/embedded/address.ts';
import { embeddedTemplate } from '../../support/embedded-template.ts';
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

describe('COPY FROM STDIN on the embedded database', () => {
  const copyNotes = 'COPY notes (id, text) FROM STDIN';
  const notes = async (from: number, to: number) =>
    (await handle.pool.query('SELECT id, text FROM notes WHERE id BETWEEN $1 AND $2 ORDER BY id', [from, to])).rows;
  const withClient = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await handle.pool.connect();
    try {
      return await work(client);
    } finally {
      client.release();
    }
  };
  const copy = async (client: pg.PoolClient, lines: Iterable<string>, statement = copyNotes): Promise<number> => {
    const stream = client.query(copyFrom(statement));
    await pipeline(Readable.from(lines), stream);
    return stream.rowCount;
  };
  /** Has been invited to send its rows, and has sent one. */
  const beginCopy = async (client: pg.PoolClient, id: number, statement = copyNotes) => {
    const stream = client.query(copyFrom(statement));
    await new Promise<void>((resolve, reject) =>
      stream.write(`${id}\tnever stored\n`, (error) => (error ? reject(error) : resolve())),
    );
    return stream;
  };

  it('stores its rows, however many and however cut', async () => {
    const text = 'é\\t漢'.repeat(20);
    const lines = Array.from({ length: 20_000 }, (_, n) => `${100_000 + n}\t${text}\n`).join('');
    const pieces = lines.match(/[\s\S]{1,70001}/gu) ?? [];
    expect(await withClient((client) => copy(client, pieces))).toBe(20_000);
    const { rows } = await handle.pool.query(
      'SELECT count(*) AS notes, count(DISTINCT text) AS texts, max(text) AS text FROM notes WHERE id >= 100000',
    );
    expect(rows).toEqual([{ notes: 20_000, texts: 1, text: 'é\t漢'.repeat(20) }]);
  });

  it('stores nothing without rows', async () => {
    expect(await withClient((client) => copy(client, []))).toBe(0);
  });

  it.each([
    [
      'COMMIT',
      [
        { id: 200, text: 'before' },
        { id: 201, text: 'copied' },
      ],
    ],
    ['ROLLBACK', []],
  ])('belongs to the transaction around it: %s', async (end, expected) => {
    await withClient(async (client) => {
      await client.query('BEGIN');
      await client.query("INSERT INTO notes VALUES (200, 'before')");
      expect(await copy(client, ['201\tcopied\n'])).toBe(1);
      await client.query(end);
    });
    expect(await notes(200, 209)).toEqual(expected);
    await handle.pool.query('DELETE FROM notes WHERE id BETWEEN 200 AND 209');
  });

  it('opens the transaction that travels with it', async () => {
    await withClient(async (client) => {
      expect(await copy(client, ['210\tcopied\n'], `BEGIN; ${copyNotes}`)).toBe(1);
      await client.query('ROLLBACK');
    });
    expect(await notes(210, 219)).toEqual([]);
  });

  it('names the line it cannot store, and the connection goes on', async () => {
    await withClient(async (client) => {
      await expect(copy(client, ['220\tgood\n', 'x\tbad\n'])).rejects.toMatchObject({
        code: '22P02',
        message: 'invalid input syntax for type integer: "x"',
        where: 'COPY notes, line 2, column id: "x"',
      });
      expect(await copy(client, ['221\tgood\n'])).toBe(1);
      await expect(copy(client, ['1\t2\n'], 'COPY nowhere (a, b) FROM STDIN')).rejects.toMatchObject({ code: '42P01' });
    });
    expect(await notes(220, 229)).toEqual([{ id: 221, text: 'good' }]);
  });

  it('fails the transaction around it when it fails', async () => {
    await withClient(async (client) => {
      await expect(copy(client, ['x\tbad\n'], `BEGIN; ${copyNotes}`)).rejects.toThrow('invalid input syntax');
      await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' });
      await client.query('ROLLBACK');
      expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    });
  });

  it.each([copyNotes, `BEGIN; ${copyNotes}`])('stores nothing when the client gives up: %s', async (statement) => {
    await withClient(async (client) => {
      const stream = await beginCopy(client, 230, statement);
      const failed = once(stream, 'error');
      stream.destroy(new Error("it's $$ over"));
      expect(await failed).toMatchObject([{ code: '57014', message: "COPY from stdin failed: it's $$ over" }]);
      await client.query('ROLLBACK');
    });
    expect(await notes(230, 239)).toEqual([]);
  });

  it.each([copyNotes, `BEGIN; ${copyNotes}`])(
    'stores nothing of a client that breaks off, and serves the others: %s',
    async (statement) => {
      const client = await handle.pool.connect();
      const stream = await beginCopy(client, 240, statement);
      stream.on('error', () => undefined);
      const waiting = notes(240, 249);
      client.release(true);
      expect(await waiting).toEqual([]);
    },
  );

  it('keeps the rows of two clients apart', async () => {
    const copied = [1, 2, 3].map((n) =>
      withClient(async (client) => {
        const lines = Array.from({ length: 2_000 }, (_, row) => `${n * 10_000 + row}\tof ${n}\n`);
        await copy(client, lines, `BEGIN; ${copyNotes}`);
        await client.query('COMMIT');
      }),
    );
    await Promise.all(copied);
    const { rows } = await handle.pool.query(
      "SELECT text, count(*) AS notes FROM notes WHERE text LIKE 'of %' GROUP BY text ORDER BY text",
    );
    expect(rows).toEqual([1, 2, 3].map((n) => ({ text: `of ${n}`, notes: 2_000 })));
  });
});
