import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenStores } from '../../src/open-stores.ts';
import type { KnownSignature } from '../../src/pipeline/signatures.ts';
import { SETTINGS } from '../scenarios/product.ts';
import { quickestTarget, type Target } from '../scenarios/targets.ts';
import { openScenario } from '../scenarios/workspace.ts';
import { type Outcome, seepassHere } from './here.ts';

let target: Target;
let opened: OpenStores;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seepass-signatures-'));
  target = await quickestTarget.make();
  // Held open, so that each command joins it and need not start it.
  opened = await openScenario(target.database);
});
afterAll(async () => {
  await opened.close();
  await target.drop();
  await rm(folder, { recursive: true });
});

const seepass = (...args: string[]): Promise<Outcome> =>
  seepassHere([...args, '--database', target.database], SETTINGS);
const signatures = (...args: string[]): Promise<Outcome> => seepass('signatures', ...args);

it('signatures says what to do while none are known', async () => {
  expect(await signatures('list')).toEqual({
    code: 0,
    stdout: 'No errors are known yet. Import events first: seepass import <file>\n',
    stderr: '',
  });
  expect(await signatures('show', 'x')).toMatchObject({
    code: 1,
    stderr: 'seepass: No error has the signature "x". See the known ones: seepass signatures list.\n',
  });
});

it('lists, shows, merges and unmerges the signatures of imported events', async () => {
  const failure = (day: number, message: string, release: string) => ({
    ts: `2026-01-2${day}T10:00:00Z`,
    source: 'sentry',
    type: 'error',
    surface: '/pay',
    meta: { message, release, url: `https://sentry.example.com/${day}` },
  });
  const file = join(folder, 'errors.jsonl');
  const failures = [
    failure(6, 'Card 1234 refused', 'web@1'),
    failure(7, 'Card 99 refused', 'web@2'),
    failure(8, 'Payment turned down', 'web@2'),
  ];
  await writeFile(file, failures.map((each) => JSON.stringify(each)).join('\n'));
  expect((await seepass('import', file)).code).toBe(0);

  expect((await signatures('list')).stdout).toBe('2026-01-28  Payment turned down\n2026-01-27  Card <n> refused\n');
  expect((await signatures('list', '--search', 'card', '--limit', '1')).stdout).toBe('2026-01-27  Card <n> refused\n');
  expect((await signatures('list', '--search', 'nowhere')).stdout).toBe('No known error holds "nowhere".\n');
  expect((await signatures('show', 'Card <n> refused')).stdout).toBe(
    [
      'Card <n> refused',
      '  example      Card 1234 refused',
      '  first seen   2026-01-26 in web@1',
      '  last seen    2026-01-27',
      '  releases     web@1, web@2',
      '  first link   https://sentry.example.com/6',
      '  latest link  https://sentry.example.com/7',
      '',
    ].join('\n'),
  );

  const merged = await signatures('merge', 'Card <n> refused', 'Payment turned down');
  expect(merged).toMatchObject({
    code: 0,
    stdout:
      '"Card <n> refused" is counted under "Payment turned down". Its days are made again with the next: seepass run\n',
  });
  expect((await signatures('list')).stdout).toBe(
    '2026-01-28  Payment turned down  with 1 other\n2026-01-27  Card <n> refused  counted under "Payment turned down"\n',
  );
  expect((await signatures('show', 'Payment turned down')).stdout).toContain('  counts       Card <n> refused\n');
  expect((await opened.stores.audit.list(1))[0]).toMatchObject({
    actor: expect.stringMatching(/^cli:./),
    action: 'signature.merge',
  });

  const { code, stdout } = await signatures('unmerge', 'Card <n> refused', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout) satisfies KnownSignature).toMatchObject({
    signature: 'Card <n> refused',
    merged_into: null,
  });
  expect(JSON.parse((await signatures('list', '--json')).stdout)).toHaveLength(2);
  expect((await signatures('unmerge', 'Card <n> refused')).code).toBe(1);
});
