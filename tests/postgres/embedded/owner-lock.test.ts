import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimOwnership, isAlive, type Owner, readOwner } from '../../../src/postgres/embedded/owner-lock.ts';
import { thisProcess } from '../../../src/postgres/embedded/process-identity.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seepass-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const NOW = Date.parse('2026-01-30T08:00:00Z');
const owner = async (changes: Partial<Owner>): Promise<Owner> => ({
  ...(await thisProcess()),
  generation: 1,
  heartbeat: NOW,
  state: 'ready',
  address: null,
  ...changes,
});

describe('the owner of a folder', () => {
  it('is one of many that claim the same number', async () => {
    const locks = await Promise.all(Array.from({ length: 20 }, () => claimOwnership(folder, 0)));
    expect(locks.filter(Boolean)).toHaveLength(1);
    expect(await readOwner(folder)).toMatchObject({ generation: 1, state: 'starting', pid: process.pid });
    expect(await readdir(folder)).toEqual(['owner.1.lock']);
  });

  it('says where it serves, then that it gave up, and is never deleted', async () => {
    const lock = await claimOwnership(folder, 0);
    await lock?.announce({ path: '/run/db.sock' });
    expect(await readOwner(folder)).toMatchObject({ state: 'ready', address: { path: '/run/db.sock' } });
    await lock?.release();
    expect(await readOwner(folder)).toMatchObject({ generation: 1, state: 'released', address: null });
  });

  it('is not a late claimer who slept while others came and went', async () => {
    for (let generation = 0; generation < 12; generation += 1) {
      await (await claimOwnership(folder, generation))?.release();
    }
    expect(await claimOwnership(folder, 1)).toBeUndefined();
    expect(await readOwner(folder)).toMatchObject({ generation: 12 });
    expect(await readdir(folder)).not.toContain('owner.2.lock');
  });

  it('stops beating when another took over', async () => {
    const lock = await claimOwnership(folder, 0);
    expect(await lock?.beat(NOW)).toBe(true);
    expect((await readOwner(folder))?.heartbeat).toBe(NOW);
    await claimOwnership(folder, 1);
    expect(await lock?.beat(NOW)).toBe(false);
  });

  it('that cannot be read after a crash of the machine is gone', async () => {
    for (const text of ['', '{', '{}', 'null']) {
      await writeFile(join(folder, 'owner.7.lock'), text);
      await utimes(join(folder, 'owner.7.lock'), NOW / 1000, NOW / 1000);
      const found = await readOwner(folder);
      expect(found).toMatchObject({ generation: 7, state: 'released' });
    }
  });

  it.each<[boolean, string, Partial<Owner>]>([
    [true, 'this process', {}],
    [false, 'this process, released', { state: 'released' }],
    [false, 'a pid nobody has', { pid: 2 ** 22 + 1 }],
    [false, 'another process that was given this pid earlier', { started: 'another boot/12345' }],
    [true, 'a machine that was heard 29 s ago', { host: 'elsewhere', heartbeat: NOW - 29_000 }],
    [false, 'a machine that was silent for 30 s', { host: 'elsewhere', heartbeat: NOW - 30_000 }],
  ])('is alive: %s, for %s', async (alive, _, changes) => {
    expect(await isAlive(await owner(changes), NOW)).toBe(alive);
  });
});
