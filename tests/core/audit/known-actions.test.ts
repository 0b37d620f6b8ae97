/** Whatever leaves an entry anywhere in the source has words for people. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { KNOWN_ACTIONS } from '../../../src/core/audit/known-actions.ts';
import { ENTRY_KINDS } from '../../../src/core/incident/incident.ts';

const FOLDERS = ['src/pipeline', 'src/postgres', 'src/slack', 'src/cli'];
const FIRST_PARTS = new Set([...KNOWN_ACTIONS.keys()].map((action) => action.split('.')[0]));
/** A whole action, or the first part of one whose second is put in. */
const ACTION =
  /\baction(?::|\s=)\s*(?:[^'`\n]*\?\s*)?(?:'([a-z_]+\.[a-z_]+)'(?:\s*:\s*'([a-z_]+\.[a-z_]+)')?|`([a-z_]+)\.\$)/g;
const WRITES = /insertAuditEntry\(|insertWithId\(|audit\.append\(|auditDeed\(|audited\(/;

async function filesThatRecord(): Promise<{ path: string; text: string }[]> {
  const found = await Promise.all(
    FOLDERS.map(async (folder) =>
      (await readdir(folder, { recursive: true }))
        .filter((name) => name.endsWith('.ts'))
        .map((name) => join(folder, name)),
    ),
  );
  const files = await Promise.all(found.flat().map(async (path) => ({ path, text: await readFile(path, 'utf8') })));
  return files.filter(({ text }) => WRITES.test(text));
}

it('every action that is recorded is known', async () => {
  const files = await filesThatRecord();
  expect(files.length).toBeGreaterThan(15);
  const found = files.flatMap(({ path, text }) =>
    [...text.matchAll(ACTION)].map(([, one, other, first]) => ({ path, whole: [one, other], first })),
  );
  expect(found.length).toBeGreaterThan(20);
  const unknown = found.flatMap(({ path, whole, first }) => [
    ...whole.flatMap((action) => (action === undefined || KNOWN_ACTIONS.has(action) ? [] : [`${path}: ${action}`])),
    ...(first === undefined || FIRST_PARTS.has(first) ? [] : [`${path}: ${first}.…`]),
  ]);
  expect(unknown).toEqual([]);
});

it('every change of a proposal is known', async () => {
  const names = await readdir('src/core/proposal', { recursive: true });
  const texts = await Promise.all(
    names.filter((name) => name.endsWith('.ts')).map((name) => readFile(join('src/core/proposal', name), 'utf8')),
  );
  const named = texts.flatMap((text) => [...text.matchAll(/'((?:proposal|execution)\.[a-z_]+)'/g)]);
  expect(named.length).toBeGreaterThan(3);
  expect(named.flatMap(([, action = '']) => (KNOWN_ACTIONS.has(action) ? [] : [action]))).toEqual([]);
});

it.each(ENTRY_KINDS)('what happens to an incident is known: %s', (kind) => {
  expect(KNOWN_ACTIONS.has(`incident.${kind}`)).toBe(true);
});

it.each(['missed', 'false'])('what people say of a day is known: %s', (kind) => {
  expect(KNOWN_ACTIONS.has(`label.${kind}`)).toBe(true);
});
