import { existsSync } from 'node:fs';
import { isAlive, readOwner } from './owner-lock.ts';

/** Whether some living process serves the embedded database in this folder right now. */
export async function isServed(folder: string): Promise<boolean> {
  const owner = existsSync(folder) ? await readOwner(folder) : undefined;
  return owner !== undefined && (await isAlive(owner, Date.now()));
}
