import { Command } from 'commander';
import { expect, it } from 'vitest';
import { runCommand } from '../../src/cli/run.ts';
import type { CliContext, Subcommand } from '../../src/cli/subcommand.ts';
import { topCommand } from '../../src/cli/top.ts';
import { loadConfig } from '../../src/config.ts';
import type { JudgedDay, Stores } from '../../src/pipeline/ports.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { createStoreContext } from '../support/store-context.ts';

const DAY = '2026-01-29';
const NOW = Date.UTC(2026, 0, 30, 8);
const storeContext = createStoreContext();
const storesOf = (handle: DatabaseHandle): Stores => createStores(handle, storeContext);

async function call(subcommand: Subcommand, handle: DatabaseHandle, args: readonly string[] = []): Promise<string> {
  let out = '';
  const command = new Command().exitOverride();
  const context: CliContext = {
    stdout: { write: (text) => (out += text) },
    stderr: { write: () => true },
    stdin: process.stdin,
    config: loadConfig({}),
    log: silentLog,
    serviceLog: () => silentLog,
    clock: () => NOW,
    newId: storeContext.newId,
    openStores: async () => ({ handle, target: { kind: 'memory' }, stores: storesOf(handle), close: async () => {} }),
    printJson: (value) => (out += JSON.stringify(value)),
    setExitCode: () => undefined,
  };
  subcommand.configure(command, context);
  await command.parseAsync([...args], { from: 'user' });
  return out;
}

const judged = (surfaces: number, summary: Partial<JudgedDay['summary']> = {}): JudgedDay => ({
  date: DAY,
  as_of: NOW,
  surfaces,
  findings: 0,
  priorities: 0,
  summary: {
    expected_false: null,
    too_small: 0,
    insufficient_history: 0,
    under_maintenance: 0,
    baselines_ready_on: null,
    gap_sources: [],
    back_to_normal: [],
    improvements: [],
    ...summary,
  },
});

describeOnOneDatabase('a day without priorities', (open) => {
  it.each([
    ['no data', judged(0), 'No data: no event of that day names a surface'],
    [
      'too little history',
      judged(3, { insufficient_history: 3, baselines_ready_on: '2026-02-12' }),
      'Too early to tell',
    ],
    ['only part of it judged', judged(9, { too_small: 2 }), 'Left out: 2 surfaces too small to judge daily.'],
    ['all of it under maintenance', judged(0, { under_maintenance: 3 }), 'Under maintenance: 3 surfaces, so nothing'],
    ['everything judged', judged(9), 'All quiet: nothing outside normal.\n'],
  ])('is called what it is: %s', async (_name, day, words) => {
    const handle = await open();
    await storesOf(handle).priorities.replaceDay(day, [], []);
    expect(await call(topCommand, handle)).toContain(words);
  });

  it('cannot be one that is not over yet', async () => {
    const handle = await open();
    await expect(call(runCommand, handle, ['--date', '2026-01-30'])).rejects.toMatchObject({
      code: 'bad_arguments',
      message: '2026-01-30 is not over yet in UTC.',
    });
    expect(await storesOf(handle).priorities.latestDay()).toBeUndefined();
  });
});
