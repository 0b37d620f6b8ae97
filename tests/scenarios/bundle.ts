/** The compiled program as a few files: to find and read a thousand takes most of a process's start. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';
import { packageRoot } from '../../src/paths.ts';
import { madeOnce } from '../support/made-once.ts';
import { builtProgram, CACHE, clearOldBuilds, lastChange, runThreadsFrom } from './program.ts';

/** What tests import into processes of theirs, and the app's threads. */
const ENTRIES = [
  ...['app', 'cli/main', 'config', 'cycle-worker', 'log', 'open-stores', 'repeat-every', 'core/actions'],
  ...['pipeline/acting/worker', 'pipeline/judge-hours', 'pipeline/run-cycle', 'postgres/database', 'postgres/stores'],
  ...['charts/chart-worker', 'documents/pdf-worker', 'postgres/embedded/worker'],
];
/** They read files beside their own. */
const LEFT_OUT = ['@electric-sql/pglite', '@electric-sql/pglite-pgvector', '@resvg/resvg-wasm', 'pino', 'unpdf'];

let bundling: Promise<string> | undefined;

/**
 * The folder of the compiled program with its dependencies, of the same names and exports at `src/<entry>.js`, kept
 * between runs: for what starts process after process. What is to be seen as it ships takes `builtProgram`.
 */
export function bundledProgram(): Promise<string> {
  bundling ??= findOrBundle();
  return bundling;
}

async function findOrBundle(): Promise<string> {
  const folder = freshBundle() ?? (await bundle());
  runThreadsFrom(folder);
  return folder;
}

/** The bundle, when it was made since a source or a dependency last changed. */
export function freshBundle(): string | undefined {
  const folder = folderOfNow();
  return existsSync(folder) ? folder : undefined;
}

function folderOfNow(): string {
  const dependencies = statSync(join(packageRoot, 'package-lock.json')).mtimeMs;
  return join(CACHE, `bundle-${Math.round(Math.max(lastChange(), dependencies))}`);
}

async function bundle(): Promise<string> {
  const [program, target] = [await builtProgram(), folderOfNow()];
  const folder = await madeOnce(target, async (draft) => {
    // Loaded only where it is needed.
    const { build } = await import('vite');
    await build({
      ...{ configFile: false, logLevel: 'error', root: program, plugins: [inItsPlace(program, target)] },
      ssr: { noExternal: true, external: LEFT_OUT },
      build: {
        ...{ ssr: true, outDir: draft, minify: false, target: 'node20' },
        rolldownOptions: {
          input: Object.fromEntries(ENTRIES.map((entry) => [`src/${entry}`, join(program, 'src', `${entry}.js`)])),
          output: { entryFileNames: '[name].js' },
          preserveEntrySignatures: 'strict',
        },
      },
    });
  });
  await clearOldBuilds();
  return folder;
}

/** Modules find threads, fonts and the package from where they are: in the bundle that is where they would be. */
const inItsPlace = (program: string, folder: string): Plugin => ({
  name: 'in its place',
  transform: {
    filter: { code: 'import.meta.' },
    handler(code, id) {
      if (!id.startsWith(program)) return undefined;
      const file = join(folder, relative(program, id));
      return code
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(file)));
    },
  },
});
