import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Command } from 'commander';
import { afterAll, expect, it } from 'vitest';
import { seedCommand } from '../../src/cli/seed.ts';
import type { CliContext } from '../../src/cli/subcommand.ts';
import { loadConfig } from '../../src/config.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { describeOnOneDatabase, type OpenDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { createStoreContext } from '../support/store-context.ts';

const folder = mkdtempSync(join(tmpdir(), 'seepass-seed-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SMALL = ['--days', '5', '--surfaces', '6', '--events', '2000', '--accounts', '30', '--seed', '3'];

/** Runs `seepass seed` with the arguments; returns what it printed. */
async function seed(args: readonly string[], open?: OpenDatabase): Promise<{ out: string; err: string }> {
  const printed = { out: '', err: '' };
  const storeContext = createStoreContext();
  const context: CliContext = {
    stdout: { write: (text) => (printed.out += text) },
    stderr: { write: (text) => (printed.err += text) },
    stdin: process.stdin,
    config: loadConfig({ SEEPASS_PSEUDONYM_KEY: 'a key for the tests of seed', SEEPASS_TIMEZONE: 'Europe/Berlin' }),
    log: silentLog,
    serviceLog: () => silentLog,
    clock: storeContext.clock,
    newId: storeContext.newId,
    openStores: async () => {
      if (open === undefined) throw new Error('no database was asked for');
      const handle = await open();
      // Not closed: the same database is used by the next call.
      return { handle, target: { kind: 'memory' }, stores: createStores(handle, storeContext), close: async () => {} };
    },
    printJson: (value) => (printed.out += `${JSON.stringify(value)}\n`),
    setExitCode: () => undefined,
  };
  const command = new Command('seed').exitOverride().configureOutput({ writeErr: (text) => (printed.err += text) });
  seedCommand.configure(command, context);
  await command.parseAsync([...SMALL, ...args], { from: 'user' });
  return printed;
}

it('writes a file, packed or not, and the truth beside it, and reports both in JSON', async () => {
  const plain = join(folder, 'a.jsonl');
  const packed = `${plain}.gz`;
  const truth = join(folder, 'truth.json');
  const { out } = await seed(['--out', plain, '--truth', truth, '--json']);
  const report = JSON.parse(out);
  expect(report).toEqual({ events: report.events, days: 5, surfaces: 6, seconds: 0, out: plain, truth });
  const lines = readFileSync(plain, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(report.events);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ source: expect.any(String), meta: expect.any(Object) });
  expect(JSON.parse(readFileSync(truth, 'utf8'))).toMatchObject({ timezone: 'Europe/Berlin', end: '2026-01-30' });
  await seed(['--out', packed]);
  expect(gunzipSync(readFileSync(packed)).equals(readFileSync(plain))).toBe(true);
  expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
});

it('writes to stdout and tells about it on stderr', async () => {
  const { out, err } = await seed(['--out', '-']);
  const lines = out.trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(1500);
  for (const line of [lines[0], lines.at(-1)]) expect(JSON.parse(line ?? '')).toHaveProperty('ts');
  expect(err).toMatch(/went to stdout/);
});

it.each<[string, string[], RegExp]>([
  ['a folder that does not exist', ['--out', join(folder, 'none', 'a.jsonl')], /folder does not exist/],
  ['a folder as the file', ['--out', folder], /it is a folder/],
  ['a truth that cannot be written', ['--out', join(folder, 'b.jsonl'), '--truth', folder], /it is a folder/],
  ['two claims on stdout', ['--out', '-', '--json'], /both want stdout/],
])('refuses %s in words and leaves nothing behind', async (_, args, words) => {
  await expect(seed(args)).rejects.toThrow(
    expect.objectContaining({ code: 'bad_arguments', line: expect.stringMatching(words) }),
  );
  expect(existsSync(join(folder, 'b.jsonl'))).toBe(false);
});

describeOnOneDatabase('seeding the database', (open) => {
  it('stores the events as an import would, and nothing new the second time', async () => {
    const handle = await open();
    const same: OpenDatabase = async () => handle;
    const report = JSON.parse((await seed(['--json', '--database', 'memory'], same)).out);
    const stored = async () => Number((await handle.pool.query('select count(*) as n from events')).rows[0].n);
    expect(report.out).toBeNull();
    expect(await stored()).toBe(report.events);
    await seed(['--database', 'memory'], same);
    expect(await stored()).toBe(report.events);
  });

  it('refuses an end in the future and says which option to change', async () => {
    const handle = await open();
    await expect(seed(['--end', '2026-02-28', '--database', 'memory'], async () => handle)).rejects.toThrow(
      expect.objectContaining({ line: expect.stringMatching(/future.*--end/s) }),
    );
  });
});
