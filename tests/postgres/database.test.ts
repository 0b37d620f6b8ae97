import { beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseHandle, openDatabase, parseDatabaseTarget } from '../../src/postgres/database.ts';
import { explainFailure } from '../../src/postgres/failure.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { serverUrl } from '../support/server.ts';
import { silentLog } from '../support/silent-log.ts';

describe('the name of a database', () => {
  it.each([
    ['memory', { kind: 'memory' }],
    [' postgres://u:p@h:5432/d ', { kind: 'server', url: 'postgres://u:p@h:5432/d' }],
    ['postgresql://h/d', { kind: 'server', url: 'postgresql://h/d' }],
    ['/var/lib/seepass', { kind: 'folder', folder: '/var/lib/seepass' }],
    ['/var/lib/../lib/seepass/', { kind: 'folder', folder: '/var/lib/seepass' }],
  ])('%j is understood', (text, target) => {
    expect(parseDatabaseTarget(text)).toEqual(target);
  });

  it.each(['', '  ', 'mysql://u:hunter2@h/d', 'postgres://u:hunter2@h:port/d', 'https://hunter2'])(
    '%j is refused without repeating it',
    (text) => {
      const parse = () => parseDatabaseTarget(text);
      expect(parse).toThrow(expect.objectContaining({ code: 'bad_arguments', fix: expect.any(String) }));
      expect(parse).not.toThrow(/hunter2/);
    },
  );
});

describe('a server that cannot be reached', () => {
  const missing = new URL(serverUrl ?? 'postgres://127.0.0.1:1/');
  missing.pathname = '/seepass_no_such_database';
  it.each([
    ['postgres://u:hunter2@127.0.0.1:1/d', 'postgres://127.0.0.1:1/d is not available: nothing listens there.'],
    ['postgres://u:hunter2@host.invalid/d', 'postgres://host.invalid/d is not available: its host'],
    ...(serverUrl ? [[missing.href, 'that database does not exist']] : []),
  ])('is told in one line with its fix', async (url, words) => {
    const opening = openDatabase({ kind: 'server', url }, { log: silentLog });
    const error: unknown = await opening.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'database_unavailable', fix: expect.any(String) });
    expect(error).toHaveProperty('message', expect.stringContaining(words));
    expect(error).toHaveProperty('line', expect.not.stringMatching(/hunter2|\n/));
  });

  it.each([
    ['28P01', 'user or password is wrong'],
    ['3D000', 'that database does not exist'],
    ['53300', 'it has no connection left'],
    ['57P03', 'it is starting up'],
    ['ECONNRESET', 'the connection was lost'],
  ])('is explained for %s', (code, words) => {
    const error = Object.assign(new Error('password authentication failed for user "hunter2"'), { code });
    const explained = explainFailure(error, 'postgres://db/seepass');
    expect(explained).toHaveProperty('message', `The database postgres://db/seepass is not available: ${words}.`);
  });

  it('is never blamed for an error of the statement', () => {
    const error = Object.assign(new Error('division by zero'), { code: '22012' });
    expect(explainFailure(error, 'db')).toBe(error);
  });
});

describeOnEveryDatabase('values', (open) => {
  let handle: DatabaseHandle;
  beforeAll(async () => {
    handle = await open();
  });
  const read = async (expression: string) => (await handle.pool.query(`SELECT ${expression} AS value`)).rows[0].value;

  it.each([
    ["date '2026-03-29'", '2026-03-29'],
    ["ARRAY[date '2026-03-29', NULL]", ['2026-03-29', null]],
    ['9007199254740991::bigint', 9007199254740991],
    ['(-5)::bigint', -5],
    ['ARRAY[1, NULL, 3]::bigint[]', [1, null, 3]],
    ["'{}'::bigint[]", []],
    ["timestamptz '2026-03-29 02:30:00+02'", new Date('2026-03-29T00:30:00Z')],
    ["current_setting('TimeZone')", 'UTC'],
    ['NULL::date', null],
  ])('%s comes back as %j', async (expression, value) => {
    expect(await read(expression)).toEqual(value);
  });

  it('beyond 2^53 are refused, never rounded, and the connection goes on', async () => {
    await expect(read('9007199254740993::bigint')).rejects.toThrow('beyond 2^53: 9007199254740993');
    expect(await read('1')).toBe(1);
  });

  it('that were read leave the parsers of other pools alone', async () => {
    const { default: pg } = await import('pg');
    expect(pg.types.getTypeParser(20)('7')).toBe('7');
  });
});
