import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { migrateCommand } from '../../src/cli/migrate.ts';
import { loadConfig } from '../../src/config.ts';
import { embeddedTemplate, unpackDatabase } from '../support/embedded-template.ts';
import { silentLog } from '../support/silent-log.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seepass-test-'));
  await unpackDatabase(folder, await embeddedTemplate());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...args: string[]): Promise<string> {
  let output = '';
  const stdout = {
    write(text: string) {
      output += text;
    },
  };
  const command = new Command().exitOverride();
  migrateCommand.configure(command, {
    stdout,
    stderr: stdout,
    stdin: process.stdin,
    config: loadConfig({}),
    log: silentLog,
    serviceLog: () => silentLog,
    clock: Date.now,
    newId: uuidv7,
    openStores: () => Promise.reject(new Error('migrate opens the database itself')),
    printJson: (value) => stdout.write(JSON.stringify(value)),
    setExitCode: () => undefined,
  });
  await command.parseAsync(args, { from: 'user' });
  return output;
}

it('migrate says what it applied, and the second time that nothing was missing', async () => {
  expect(JSON.parse(await run('--json', '--database', folder))).toEqual({
    applied: Object.keys(migrations),
    database: folder,
  });
  expect(await run('--database', folder)).toBe(`Nothing to apply. The database ${folder} is up to date.\n`);
}, 60_000);
