import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The package this runs in, the same from src and from dist. */
export function findPackageFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
