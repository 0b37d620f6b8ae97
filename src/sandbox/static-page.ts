import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The built page, `dist/page` of the package; the same folder whether this runs from src or from dist. */
export function findPageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'dist', 'page');
}

export interface StaticFile {
  type: string;
  content: Buffer;
  /** Names with a hash never change. */
  isImmutable: boolean;
}

/** A file of the built page; every path that is no asset is the page itself. Undefined when it is not built. */
export async function readPageFile(folder: string, path: string): Promise<StaticFile | undefined> {
  const isAsset = path.startsWith('/assets/');
  const relative = isAsset ? normalize(path).replace(/^(\.\.[/\\])+/, '') : 'index.html';
  const file = join(folder, relative);
  if (!file.startsWith(folder)) return undefined;
  try {
    const content = await readFile(file);
    return { type: TYPES[extname(file)] ?? 'application/octet-stream', content, isImmutable: isAsset };
  } catch {
    return undefined;
  }
}
