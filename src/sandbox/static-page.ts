import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { findPackageFolder } from './package-folder.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The built page. */
export const findPageFolder = (): string => join(findPackageFolder(), 'dist', 'page');

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
