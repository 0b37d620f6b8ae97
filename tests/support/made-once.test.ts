import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { madeOnce } from './made-once.ts';

describe('what several workers need', () => {
  let folder: string;
  let path: string;
  let made = 0;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seepass-made-'));
    path = join(folder, 'kept', 'dump');
    made = 0;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const make = async (draft: string): Promise<void> => {
    made += 1;
    await delay(20);
    await writeFile(draft, `made ${made}`);
  };

  it('is made by one of them, and is there for all', async () => {
    const all = await Promise.all([1, 2, 3].map(() => madeOnce(path, make)));
    expect(new Set(all)).toEqual(new Set([path]));
    expect(await madeOnce(path, make)).toBe(path);
    expect([made, await readFile(path, 'utf8'), await readdir(join(folder, 'kept'))]).toEqual([1, 'made 1', ['dump']]);
  });

  it('is made by the next where one fails, or was killed meanwhile', async () => {
    const failing = madeOnce(path, () => Promise.reject(new RangeError('no room')));
    await expect(failing).rejects.toThrow('no room');
    const turn = `${path}.turn`;
    await writeFile(turn, '');
    await utimes(turn, new Date(), new Date(Date.now() - 120_000));
    await madeOnce(path, make);
    expect([made, await readFile(path, 'utf8')]).toEqual([1, 'made 1']);
  });
});
