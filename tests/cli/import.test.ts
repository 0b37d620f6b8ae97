import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { Command } from 'commander';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { importCommand } from '../../src/cli/import.ts';
import type { CliContext } from '../../src/cli/subcommand.ts';
import { loadConfig } from '../../src/config.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';

const now = Date.UTC(2026, 0, 30);
const config = loadConfig({ SEEPASS_PSEUDONYM_KEY: 'a-key-of-sixteen-characters' });
const event = (change: object = {}): string =>
  JSON.stringify({ ts: '2026-01-29T10:00:00Z', source: 'app', type: 'pageview', surface: '/x', ...change });

describeOnEveryDatabase('seepass import', (open) => {
  let handle: DatabaseHandle;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seepass-import-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    handle = await open();
  });

  async function run(content: string | Buffer, ...options: string[]) {
    const file = join(folder, 'input');
    await writeFile(file, content);
    const output = { out: '', err: '' };
    const stores = createStores(handle, {
      workspace: 'local',
      timezone: 'UTC',
      clock: () => now,
      newId: randomUUID,
      failureStatuses: [],
      log: silentLog,
    });
    const context: CliContext = {
      stdout: { write: (text) => (output.out += text) },
      stderr: { write: (text) => (output.err += text) },
      stdin: Readable.from([]),
      config,
      log: silentLog,
      serviceLog: () => silentLog,
      clock: () => now,
      newId: randomUUID,
      openStores: async () => ({ handle, target: { kind: 'memory' }, stores, close: async () => undefined }),
      printJson: (value) => {
        output.out += `${JSON.stringify(value)}\n`;
      },
      setExitCode: () => undefined,
    };
    const program = new Command().exitOverride();
    importCommand.configure(program.command('import'), context);
    const failure: unknown = await program
      .parseAsync(['import', file, '--database', 'memory', ...options], { from: 'user' })
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    return { ...output, failure };
  }
  const count = async (table: string) =>
    (await handle.pool.query(`SELECT count(*)::integer AS n FROM ${table}`)).rows[0].n;

  it('stores good lines, reports the others, and stores nothing twice', async () => {
    const file = [event({ id: 'a' }), event(), event(), 'oops', event({ type: 'foo' }), ''].join('\n');
    const { out, failure } = await run(file, '--json');
    expect(failure).toBeUndefined();
    expect(JSON.parse(out)).toMatchObject({
      read: 5,
      stored: 3,
      duplicates: 0,
      rejected: 2,
      rejections: [
        { line: 4, reason: expect.stringContaining('not valid JSON') },
        { line: 5, reason: expect.stringContaining('type "foo" is not one of') },
      ],
    });
    expect(JSON.parse((await run(file, '--json')).out)).toMatchObject({ stored: 0, duplicates: 3 });
    expect(await count('events')).toBe(3);
  });

  it('gives the same events whether they come as JSONL, CSV or an array', async () => {
    const lines = [
      event({ id: 'a', value: 12.5, type: 'revenue', meta: { plan: 'pro', currency: 'USD' } }),
      event({ id: 'b', severity: 2 }),
    ];
    await run(lines.join('\n'));
    const again = await run(gzipSync(`[${lines.join(',')}]`), '--json');
    expect(JSON.parse(again.out)).toMatchObject({ stored: 0, duplicates: 2 });
    const csv =
      'ts,source,type,surface,id,value,severity,meta.plan\n2026-01-29T10:00:00Z,app,revenue,/x,a,12.5,,pro\n1769680800000,app,pageview,/x,c,,2,\n';
    expect(JSON.parse((await run(csv, '--json')).out)).toMatchObject({ read: 2, stored: 1, duplicates: 1 });
  });

  it('stores a file that is cut off as far as it goes, and says that it may be imported again', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => event({ id: `${index}-${Math.sin(index)}` })).join('\n');
    const packed = gzipSync(lines);
    const { failure, out } = await run(packed.subarray(0, packed.length - 1_000), '--json');
    expect(failure).toMatchObject({
      code: 'bad_input',
      line: expect.stringMatching(/is cut off.* \d+ rows were stored.*Importing it again is safe/),
    });
    expect(await count('events')).toBe(JSON.parse(out).stored);
    expect(JSON.parse(out).stored).toBeGreaterThan(1_000);
  });

  it('takes daily rows a team already has', async () => {
    const csv =
      'date,surface,pageviews,errors,revenue_at_risk,top_error_signatures\n2026-01-28,/en/checkout,100,3,12.5,"[{""sig"":""E"",""count"":3}]"\n2026-01-28,/cart,x,1,,\n2026-02-30,/cart,1,1,,\n';
    const { out } = await run(csv, '--source', 'aggregates', '--json');
    expect(JSON.parse(out)).toMatchObject({
      read: 3,
      stored: 1,
      rejected: 2,
      rejections: [
        { line: 3, reason: 'pageviews must be a whole number, zero or more' },
        { line: 4, reason: expect.stringContaining('date must be a day that exists') },
      ],
    });
    const { rows } = await handle.pool.query(
      'SELECT surface, pageviews, errors, revenue_at_risk, top_error_signatures, origin FROM daily_surface_metrics',
    );
    expect(rows).toMatchObject([
      {
        surface: '/checkout',
        pageviews: 100,
        errors: 3,
        revenue_at_risk: 1250,
        top_error_signatures: [{ sig: 'E', count: 3 }],
        origin: 'aggregates',
      },
    ]);
  });

  it('takes what a tool sends: many events in a record, lines of text, one value on many lines', async () => {
    const at = '2026-01-29T10:00:00Z';
    const sent = (name: string) => ({ event: name, uuid: name, timestamp: at, distinct_id: 'u1', properties: {} });
    const batch = { batch: [sent('$pageview'), sent('saved'), sent('$identify'), { ...sent('x'), timestamp: 'noon' }] };
    const posthog = await run(JSON.stringify(batch, null, 2), '--source', 'posthog', '--json');
    expect(JSON.parse(posthog.out)).toMatchObject({
      ...{ read: 1, stored: 2, ignored: 1, rejected: 1 },
      rejections: [{ line: 1, reason: expect.stringContaining('ts must be ISO-8601') }],
    });
    const line = '10.0.0.1 - - [29/Jan/2026:10:00:00 +0000] "GET /a HTTP/1.1" 500 1 "-" "-"';
    const logged = await run(`started\n${line}\n${line}\n`, '--source', 'api_log');
    expect(logged.out).toMatch(/^3 read, 2 stored, 0 already there, 1 rejected/);
    expect(JSON.parse((await run(line, '--source', 'api_log', '--json')).out)).toMatchObject({
      stored: 0,
      duplicates: 1,
    });
    expect(await count('events')).toBe(4);
  });

  it.each([
    ['nothing usable', 'oops\n{"a":1}', [], /Nothing in .* could be used. First reason, line 1/],
    ['an empty file', '', [], /is empty/],
    [
      'what says nothing',
      '{"level":30,"msg":"up"}',
      ['--source', 'api_log'],
      /It holds only kinds that say nothing here/,
    ],
    ['CSV of what a tool sends', 'ts,event\n1,a\n', ['--source', 'posthog'], /Export it as JSONL or a JSON array/],
    ['a source nobody knows', event(), ['--source', 'fax'], /no source named "fax"/],
  ])('refuses %s', async (_what, content, options, line) => {
    expect((await run(content, ...options)).failure).toMatchObject({ line: expect.stringMatching(line) });
    expect(await count('events')).toBe(0);
  });
});
