/** What is kept between runs, made by one worker while the others wait. */
import { existsSync, statSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Nothing takes as long to make: whoever began it was killed. */
const GIVEN_UP_MS = 60_000;

/**
 * Makes a file or a folder under its path, unless it is there. Who waits in vain makes it as well: the first to finish
 * counts.
 * @param make gets the path of a draft, in the same folder.
 */
export async function madeOnce(path: string, make: (draft: string) => Promise<void>): Promise<string> {
  if (existsSync(path)) return path;
  await mkdir(dirname(path), { recursive: true });
  const turn = `${path}.turn`;
  const began = await open(turn, 'wx').catch(() => undefined);
  if (began === undefined) await until(() => existsSync(path) || !isHeld(turn));
  await began?.close();
  const draft = `${path}.${process.pid}`;
  try {
    if (existsSync(path)) return path;
    await make(draft);
    await rename(draft, path).catch(() => rm(draft, { recursive: true }));
  } finally {
    await rm(turn, { force: true });
  }
  return path;
}

const isHeld = (turn: string): boolean => {
  const began = statSync(turn, { throwIfNoEntry: false });
  return began !== undefined && Date.now() - began.mtimeMs < GIVEN_UP_MS;
};

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(50);
}
