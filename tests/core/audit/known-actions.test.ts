/** Whatever leaves an entry anywhere in the source has words for people. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { KNOWN_ACTIONS } from '../../../src/core/audit/known-actions.ts';
import { ENTRY_KINDS } from '../../../src/core/incident/incident.ts';

const FOLDERS = ['src/pipeline', 'src/postgres', 'src/slack', 'src/cli'];
const FIRST_PARTS = [...new Set([...KNOWN_ACTIONS.keys()].map((action) => action.split('.')[0]))].join('|');
const ACTION = new RegExp(`'((?:${FIRST_PARTS})\\.[a-z_]+)'`, 'g');
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
  const unknown = files.flatMap(({ path, text }) =>
    [...text.matchAll(ACTION)].flatMap(([, action = '']) => (KNOWN_ACTIONS.has(action) ? [] : [`${path}: ${action}`])),
  );
  expect(unknown).toEqual([]);
});

it.each(ENTRY_KINDS)('what happens to an incident is known: %s', (kind) => {
  expect(KNOWN_ACTIONS.has(`incident.${kind}`)).toBe(true);
});

it.each(['missed', 'false'])('what people say of a day is known: %s', (kind) => {
  expect(KNOWN_ACTIONS.has(`label.${kind}`)).toBe(true);
});
