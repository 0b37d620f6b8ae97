import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenStores } from '../../src/open-stores.ts';
import { SETTINGS } from '../scenarios/product.ts';
import { quickestTarget, type Target } from '../scenarios/targets.ts';
import { openScenario } from '../scenarios/workspace.ts';
import { type Outcome, seepassHere } from './here.ts';

let target: Target;
let opened: OpenStores;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seepass-audit-'));
  target = await quickestTarget.make();
  // Held open, so that each command joins it and need not start it.
  opened = await openScenario(target.database);
  await opened.stores.settings.set('delivery.sensitivity', 'low', 'U0000MAYA');
  await opened.stores.roles.grant('U00000SAM', 'approver', 'U0000MAYA');
});
afterAll(async () => {
  await opened.close();
  await target.drop();
  await rm(folder, { recursive: true });
});

const audit = (...args: string[]): Promise<Outcome> =>
  seepassHere(['audit', ...args, '--database', target.database], SETTINGS);
/** Without any database to open. */
const verifyAlone = (file: string, ...args: string[]): Promise<Outcome> =>
  seepassHere(['audit', 'verify', file, '--database', join(folder, 'none'), ...args], SETTINGS);

it('lists what was done, by kind and by whom, and records that it was read', async () => {
  const { code, stdout } = await audit('list', '--who', 'U0000MAYA', '--what', 'settings');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^.+ {2}U0000MAYA \(admin\) changed a setting: delivery.sensitivity {2}changed\n$/);
  const rows = JSON.parse((await audit('list', '--what', 'access', '--json')).stdout);
  expect(rows).toMatchObject([
    { action: 'audit.view', actor: expect.stringMatching(/^cli:/) },
    { action: 'audit.view' },
  ]);
  expect((await audit('list', '--what', 'role', '--limit', '1')).stdout).toContain('gave a role: U00000SAM');
  expect((await audit('list', '--who', 'U0000000')).stdout).toBe('The audit has no such entry.\n');
});

it.each([
  [['list', '--what', 'everything there is'], 'I could not read'],
  [['list', '--since', 'soon'], 'I could not read'],
  [['list', '--limit', '0'], 'whole number'],
])('refuses audit %j', async (args, words) => {
  const { code, stderr } = await audit(...args);
  expect(code).toBe(2);
  expect(stderr).toContain(words);
});

it('seals, verifies and exports, and the file verifies by itself', async () => {
  expect((await audit('verify')).stdout).toMatch(
    /^Whole: 0 entries in 0 segments\..*\n\d+ newer entries not sealed yet\.\n$/,
  );
  expect((await audit('seal')).stdout).toMatch(/^Sealed \d+ entries\. The chain ends at segment \d+, [0-9a-f]{64}\n$/);
  const before = JSON.parse((await audit('verify', '--json')).stdout);
  expect(before).toMatchObject({ sound: true, unsealed: 0, faults: [] });

  const file = join(folder, 'audit.jsonl');
  const written = JSON.parse((await audit('export', file, '--json')).stdout);
  expect(written).toMatchObject({ file, entries: before.entries + 1, segments: before.segments + 1 });
  expect(await verifyAlone(file)).toMatchObject({ code: 0, stdout: expect.stringContaining('Whole: ') });
  expect((await verifyAlone(file, '--head', before.end.hash)).code).toBe(0);
  expect((await audit('verify', '--head', written.head.hash)).code).toBe(0);
  expect((await verifyAlone(file, '--head', 'f'.repeat(64))).stdout).toContain('the chain was cut, or made anew');

  const since = join(folder, 'since.jsonl');
  expect((await audit('export', since, '--after', String(before.end.number))).code).toBe(0);
  expect(await verifyAlone(since)).toMatchObject({ code: 0, stdout: expect.stringContaining('in 2 segments') });
  const { stdout, stderr } = await audit('export');
  expect(stdout.split('\n').at(-2)).toMatch(/"kind":"end"/);
  expect(stderr).toMatch(/^\d+ entries in \d+ segments/);
});

it('says what was changed in a file, and exits with 1', async () => {
  const file = join(folder, 'changed.jsonl');
  await audit('export', file);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('U0000MAYA', 'U00000SAM'));
  const { code, stdout } = await verifyAlone(file);
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^NOT as it was sealed: 2 faults among .*\n {2}The lines.*\n|Segment \d+, entry \d+: it was changed/,
  );
  expect(stdout).toMatch(/Segment \d+, entry \d+: it was changed after it was sealed\./);
  await writeFile(file, text.trimEnd().split('\n').slice(0, -1).join('\n'));
  expect(JSON.parse((await verifyAlone(file, '--json')).stdout)).toMatchObject({
    sound: false,
    faults: ['The file is cut off: its last line is missing.'],
  });
  await writeFile(file, text);
  await appendFile(file, '\n');
  expect((await verifyAlone(file)).code).toBe(1);
});

it('says what is no export, and exits with 2', async () => {
  const file = join(folder, 'other.jsonl');
  await writeFile(file, '{"ts":1}\n');
  expect(await verifyAlone(file)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('is no export of an audit'),
  });
  expect((await verifyAlone(join(folder, 'missing.jsonl'))).code).toBe(2);
  expect((await audit('export', join(folder, 'no', 'such.jsonl'))).code).toBe(2);
  expect((await audit('export', '--after', '999')).code).toBe(1);
});

it('shows in the doctor how much of it is sealed', async () => {
  const { stdout } = await seepassHere(['doctor', '--database', target.database], SETTINGS);
  expect(stdout).toMatch(/ok {4}audit: \d+ entries sealed in \d+ segments/);
});
