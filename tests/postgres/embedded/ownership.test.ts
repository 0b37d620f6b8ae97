import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../../src/postgres/database.ts';
import { readOwner } from '../../../src/postgres/embedded/owner-lock.ts';
import { bundledProgram } from '../../scenarios/bundle.ts';
import { EmbeddedProcess } from '../../support/embedded-process.ts';
import { silentLog } from '../../support/silent-log.ts';

let root: string;
let processes: EmbeddedProcess[] = [];
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'seepass-test-'));
  const program = await bundledProgram();
  processes = Array.from({ length: 6 }, () => new EmbeddedProcess(program));
});
afterAll(async () => {
  await Promise.all(processes.map((process) => process.kill()));
  await rm(root, { recursive: true, force: true });
});

const WRITES = 40;

/** What a process leaves behind that was killed while it made the database: to be cleared away, not opened. */
async function interruptedFolder(): Promise<string> {
  const folder = join(root, 'db');
  await mkdir(join(folder, 'data'), { recursive: true });
  await writeFile(join(folder, 'data', 'PG_VERSION'), '18\n');
  await writeFile(join(folder, 'initialising'), '');
  await writeFile(join(folder, 'owner.1.lock'), '');
  return folder;
}

it('six processes race for a folder whose making was interrupted, owners are killed amid writes, and no committed row is lost', async () => {
  const folder = await interruptedFolder();
  const committed: number[] = [];
  let next = 0;

  async function round(killOwner: boolean): Promise<void> {
    const reports = await Promise.all(processes.map((process) => process.ask({ do: 'open', folder })));
    expect(new Set(reports.map((report) => report?.address)).size).toBe(1);
    const owner = await readOwner(folder);
    expect(owner).toMatchObject({ state: 'ready' });

    const writing = processes.map((process) => {
      next += WRITES;
      return process.ask({ do: 'write', from: next, count: WRITES });
    });
    if (killOwner) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      const victim = processes.findIndex((process) => process.pid === owner?.pid);
      await processes.splice(victim, 1)[0]?.kill();
    }
    const written = await Promise.all(writing);
    committed.push(...written.flatMap((report) => report?.committed ?? []));
    if (!killOwner) expect(written.flatMap((report) => report?.errors)).toEqual([]);
    await Promise.all(processes.map((process) => process.ask({ do: 'close' })));
  }

  await round(false);
  await round(true);
  await round(true);

  const handle = await openDatabase({ kind: 'folder', folder }, { log: silentLog });
  const { rows } = await handle.pool.query<{ n: number }>('SELECT n FROM kept');
  const kept = new Set(rows.map((row) => row.n));
  expect(committed.filter((n) => !kept.has(n))).toEqual([]);
  expect(committed.length).toBeGreaterThan(6 * WRITES);
  await handle.close();
  expect((await readOwner(folder))?.state).toBe('released');
  expect((await readdir(folder)).filter((name) => name.endsWith('.sock'))).toEqual([]);
}, 120_000);
