import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenStores } from '../../src/open-stores.ts';
import { embeddedTarget, type Target } from '../scenarios/targets.ts';
import { openScenario } from '../scenarios/workspace.ts';
import { startEmbeddingServer } from '../support/embedding-server.ts';
import { type Outcome, seepassHere } from './here.ts';

let target: Target;
let opened: OpenStores;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seepass-docs-'));
  await mkdir(join(folder, 'payments'));
  await writeFile(join(folder, 'walrus.md'), '---\nreview_by: 2026-01-01\n---\n# Walrus\n## Feeding\nHerring.');
  await writeFile(join(folder, 'payments', 'walrus.md'), '# Paid walrus\nCoins.');
  await writeFile(join(folder, 'broken.txt'), Buffer.from([0, 1, 2]));
  await writeFile(join(folder, 'picture.png'), 'PNG');
  target = await embeddedTarget.make();
  // Held open, so that each command joins it and need not start it.
  opened = await openScenario(target.database);
});
afterAll(async () => {
  await opened.close();
  await target.drop();
  await rm(folder, { recursive: true });
});

const docs = (...args: string[]): Promise<Outcome> => seepassHere(['docs', ...args, '--database', target.database]);

it('adds a folder, tells what could not be read, and adds the rest all the same', async () => {
  const { code, stdout, stderr } = await docs('add', folder);
  expect(code).toBe(2);
  expect(stderr).toContain('broken.txt is not a text file.');
  expect(stdout).toContain('Added runbook 1, “Paid walrus”: 1 section.');
  expect(stdout).toContain('Added runbook 2, “Walrus”: 1 section.');
  expect(stdout).toContain('3 files, 1 not added');
});

it('says which number a file is, as JSON and nothing else', async () => {
  const again = await docs('add', join(folder, 'walrus.md'), '--json');
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(again.stdout)).toMatchObject([{ outcome: 'same', number: 2, version: 1 }]);
  expect(JSON.parse((await docs('list', '--json')).stdout)).toMatchObject([{ number: 1 }, { number: 2 }]);
});

it('has new sections embedded where a provider is set up, and adds them all the same where it does not answer', async () => {
  const server = await startEmbeddingServer();
  const settings = { SEEPASS_EMBEDDINGS_URL: server.url, SEEPASS_EMBEDDINGS_MODEL: 'matters' };
  const add = (name: string) =>
    seepassHere(['docs', 'add', join(folder, name), '--database', target.database], settings);
  await writeFile(join(folder, 'otter.md'), '# Otter\n## Feeding\nTrout.');
  const first = await add('otter.md');
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toContain('3 sections can be found by meaning (matters at 127.0.0.1:');
  server.fail(401);
  await writeFile(join(folder, 'heron.md'), '# Heron\n## Feeding\nFrogs.');
  const second = await add('heron.md');
  expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('Added runbook 4, “Heron”') });
  expect(second.stderr).toMatch(/gave no embeddings \(HTTP 401\)\. Check .* found by their words/);
  await server.stop();
  for (const number of ['3', '4']) await docs('remove', number);
});

it('lists, counts and names those to look over', async () => {
  expect((await docs('list')).stdout).toContain('2  Walrus: 1 section, version 1, to be looked over by Thu 1 Jan 2026');
  expect((await docs('stale')).stdout).toContain('2  Walrus: to be looked over by Thu 1 Jan 2026, which has passed');
  expect((await docs('stats')).stdout).toContain(
    '2 runbooks with 2 sections; 0 for named channels or groups only, 1 to',
  );
});

it('answers from them, and says when none covers a question', async () => {
  const ask = (question: string) => seepassHere(['ask', question, '--database', target.database]);
  expect((await ask('how do we fix the feeding of the walrus?')).stdout).toContain('Walrus › Feeding covers this.');
  expect((await ask('is there a runbook for the zamboni?')).stdout).toContain('No runbook covers this.');
  expect((await docs('stats')).stdout).toContain('asked for 1 time: is there a runbook for the zamboni?');
});

it('removes one for good', async () => {
  expect((await docs('remove', '1')).stdout).toBe('Removed runbook 1, Paid walrus, with all its versions\n');
  expect(await docs('remove', '1')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('There is no runbook 1.'),
  });
  expect((await docs('add', join(folder, 'nowhere.md'))).code).toBe(2);
});
