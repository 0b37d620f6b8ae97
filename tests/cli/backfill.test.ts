import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { Command } from 'commander';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backfillCommand } from '../../src/cli/backfill.ts';
import type { CliContext } from '../../src/cli/subcommand.ts';
import { loadConfig } from '../../src/config.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { madeUpTools, SINCE } from '../tools/made-up-tools.ts';
import { seepassHere } from './here.ts';

const [, intercom] = madeUpTools;
if (intercom === undefined) throw new Error('there is no Intercom');

describeOnOneDatabase('seepass backfill', (open) => {
  it('prints what it read as JSON alone, and where it waited on stderr', async () => {
    const [tool, handle] = await Promise.all([intercom.start(), open()]);
    onTestFinished(() => tool.stop());
    tool.troubles((n) => (n === 2 ? 'a moment' : null));
    const output = { out: '', err: '' };
    const bound = { workspace: 'local', timezone: 'UTC', clock: Date.now, newId: randomUUID, log: silentLog };
    const stores = createStores(handle, { ...bound, failureStatuses: [] });
    const context: CliContext = {
      ...bound,
      stdout: { write: (text) => (output.out += text) },
      stderr: { write: (text) => (output.err += text) },
      stdin: Readable.from([]),
      config: loadConfig(intercom.settings(tool.url)),
      serviceLog: () => silentLog,
      openStores: async () => ({ handle, target: { kind: 'memory' }, stores, close: async () => undefined }),
      printJson: (value) => {
        output.out += `${JSON.stringify(value)}\n`;
      },
      setExitCode: () => undefined,
    };
    const program = new Command().exitOverride();
    backfillCommand.configure(program.command('backfill'), context);
    await program.parseAsync(['backfill', 'intercom', '--since', SINCE, '--json'], { from: 'user' });
    expect(JSON.parse(output.out)).toMatchObject({
      ...{ source: 'intercom', since: `${SINCE}T00:00:00.000Z`, resumed: false },
      // Fifteen conversations and half as many tickets.
      read: 22,
      ...{ stored: intercom.ids.length, duplicates: 0, rejected: 0, earlier: 1 },
    });
    expect(output.err).toMatch(/^Intercom takes no more questions for 0 s\. Waiting 0 s\.\n/);
  });
});

describe('seepass backfill', () => {
  it.each([
    ['a source that cannot be read', ['api_log', '--since', SINCE], {}, /Allowed choices are helpscout/],
    ['no day', ['intercom'], {}, /--since/],
    ['a day that is none', ['intercom', '--since', '2026-02-30'], {}, /must be a date/],
    ['a day to come', ['intercom', '--since', '2999-01-01'], { SEEPASS_INTERCOM_TOKEN: 'a-token-1' }, /not begun yet/],
    ['no access', ['helpscout', '--since', SINCE], {}, /Set SEEPASS_HELPSCOUT_APP_ID and SEEPASS_HELPSCOUT_APP_SECRET/],
    [
      'a credential on an open line',
      ['intercom', '--since', SINCE],
      { SEEPASS_INTERCOM_TOKEN: 'a-token-1', SEEPASS_INTERCOM_URL: 'http://intercom.example' },
      /must begin with https/,
    ],
  ])('refuses %s, and says what to do', async (_what, args, settings, words) => {
    const { code, stdout, stderr } = await seepassHere(['backfill', ...args, '--database', 'memory'], settings);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/a-token-1/);
  });
});
