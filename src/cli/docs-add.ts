import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { countOf } from '../core/facts/render.ts';
import { addedWords } from '../core/runbook/told.ts';
import { LARGEST_DOCUMENT, tooLarge } from '../documents/limits.ts';
import { readDocument } from '../documents/read-document.ts';
import { SeepassError } from '../errors.ts';
import { addDocument } from '../pipeline/runbooks/add.ts';
import { cliActor } from './actor.ts';
import { embedAdded } from './docs-embed.ts';
import type { CommonOptions } from './options.ts';
import type { CliContext } from './subcommand.ts';

const DOCUMENT = /\.(?:md|markdown|txt|text|pdf)$/i;

interface Found {
  path: string;
  /** What it is called here: its name, or its path within the folder that was given. */
  name: string;
}

/** Adds every file; one that cannot be read is told of, and the others are added all the same. */
export async function addDocuments(
  paths: readonly string[],
  options: CommonOptions,
  context: CliContext,
): Promise<void> {
  const files = (await Promise.all(paths.map(findDocuments))).flat();
  if (files.length === 0)
    throw new SeepassError('bad_input', 'There is no document in there.', { fix: 'I read .md, .txt and .pdf.' });
  const { stores, close } = await context.openStores(options.database);
  try {
    const by = { actor: cliActor(), role: 'admin', channel: null } as const;
    const results: ({ file: string } & ({ error: string } | { outcome: string; number: number; version: number }))[] =
      [];
    for (const { path, name } of files) {
      try {
        const added = await addDocument({ runbooks: stores.runbooks, readDocument }, await load(path, name), by);
        const { runbook, outcome } = added;
        results.push({ file: path, outcome, number: runbook.number, version: runbook.version });
        if (!options.json) context.stdout.write(`${path}: ${addedWords(added)}\n`);
      } catch (error) {
        if (!(error instanceof SeepassError) || !OF_THE_FILE.has(error.code)) throw error;
        results.push({ file: path, error: error.line });
        if (!options.json) context.stderr.write(`seepass: ${error.line}\n`);
      }
    }
    await embedAdded(stores, options, context);
    const failed = results.filter((result) => 'error' in result).length;
    if (options.json) context.printJson(results);
    else if (files.length > 1) context.stdout.write(`${countOf(files.length, 'file')}, ${failed} not added\n`);
    if (failed > 0) context.setExitCode(2);
  } finally {
    await close();
  }
}

const OF_THE_FILE = new Set(['bad_input', 'too_large']);

async function load(path: string, name: string): Promise<{ name: string; bytes: Uint8Array }> {
  try {
    // Looked at before it is read: a disk image is not a runbook.
    const { size } = await stat(path);
    if (size > LARGEST_DOCUMENT) throw tooLarge(name, size);
    return { name, bytes: await readFile(path) };
  } catch (cause) {
    if (cause instanceof SeepassError) throw cause;
    throw new SeepassError('bad_input', `${path} cannot be read.`, { fix: 'Check its rights.', cause });
  }
}

async function findDocuments(path: string): Promise<Found[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new SeepassError('bad_input', `There is no ${path}.`, { fix: 'Name a file or a folder.', cause });
  });
  if (!found.isDirectory()) return [{ path, name: basename(path) }];
  const names = await readdir(path, { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => entry.isFile() && DOCUMENT.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: file, name: relative(path, file).split(sep).join('/') }));
}
