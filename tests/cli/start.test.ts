import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenStores } from '../../src/open-stores.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Running, startSeepass } from '../scenarios/program.ts';
import { quickestTarget, type Target } from '../scenarios/targets.ts';
import { openScenario, sandboxSettings } from '../scenarios/workspace.ts';
import { seepassHere } from './here.ts';

const TIMEOUT_MS = 60_000;

let folder: string;
let target: Target;
let opened: OpenStores;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seepass-start-'));
  target = await quickestTarget.make();
  opened = await openScenario(target.database);
});
afterAll(async () => {
  await opened.close();
  await target.drop();
  await rm(folder, { recursive: true, force: true });
});

async function until(running: Running, words: RegExp): Promise<void> {
  while (!words.test(running.output.stderr)) {
    if (running.process.exitCode !== null) throw new Error(`It ended: ${running.output.stderr}`);
    await delay(20);
  }
}

it('start connects, says where it is, and ends on SIGTERM with exit code 0', { timeout: TIMEOUT_MS }, async () => {
  const sandbox = await startSandbox();
  let running: Running | undefined;
  try {
    running = await startSeepass(folder, ['start', '--database', target.database], sandboxSettings(sandbox));
    await until(running, /^Seepass is up: .*HTTP on http:\/\/127\.0\.0\.1:\d+, next digest \d{4}-.*Ctrl-C\.\n/m);
    running.process.kill('SIGTERM');
    expect(await running.finished).toMatchObject({ code: 0 });
  } finally {
    running?.process.kill('SIGKILL');
    await sandbox.stop();
  }
});

it('start without a workspace says which setting is missing, with exit code 2', async () => {
  const { code, stdout, stderr } = await seepassHere(['start', '--database', target.database]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^seepass: Slack is not connected: SLACK_BOT_TOKEN is not set\. See README.*npm run demo\n$/);
});
