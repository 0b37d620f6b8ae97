/** The program as it ships, for tests that run it as a process of its own. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { packageRoot } from '../../src/paths.ts';
import { madeOnce } from '../support/made-once.ts';

/** What is built for tests, kept between runs. */
export const CACHE = join(packageRoot, 'node_modules', '.cache', 'seepass');
const OLD_MS = 60 * 60_000;
const THREADS = 'compiled program';
let building: Promise<string> | undefined;

/**
 * The folder of the compiled program: `dist` where it is newer than every source, as after `npm ci`; else the
 * same compiler's work on the sources of now, kept between runs. Fit for the tests' own `--import`-free start.
 */
export function builtProgram(): Promise<string> {
  building ??= findOrBuild();
  return building;
}

async function findOrBuild(): Promise<string> {
  const program = freshProgram() ?? (await build());
  if (getEnvironmentData(THREADS) === undefined) runThreadsFrom(program);
  return program;
}

/** The compiled program, when it was compiled since a source last changed. */
export function freshProgram(): string | undefined {
  const dist = join(packageRoot, 'dist');
  if (isNewerThanSources(mainOf(dist))) return dist;
  const folder = folderOfNow();
  return isProgram(folder) ? folder : undefined;
}

/** Has the threads that this process starts from now on run from the compiled program, without a loader. */
export const runThreadsFrom = (program: string): void => setEnvironmentData(THREADS, program);

const folderOfNow = (): string => join(CACHE, `program-${Math.round(lastChange())}`);

async function build(): Promise<string> {
  const compiler = join(packageRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  const project = join(packageRoot, 'tsconfig.build.json');
  const folder = await madeOnce(folderOfNow(), async (draft) => {
    // A type fault is told by `npm run types`: looking for one here would take most of the time.
    const failure = await promisify(execFile)(process.execPath, [
      ...[compiler, '-p', project, '--noCheck', '--outDir', draft],
    ]).catch((error: unknown) => error);
    if (!isProgram(draft)) throw new Error('The program could not be compiled.', { cause: failure });
  });
  await clearOldBuilds();
  return folder;
}

const mainOf = (folder: string): string => join(folder, 'src', 'cli', 'main.js');
const isProgram = (folder: string): boolean => existsSync(mainOf(folder));

/** Whether the file was built since a source last changed. */
export const isNewerThanSources = (file: string): boolean => existsSync(file) && statSync(file).mtimeMs > lastChange();

/** When a source last changed, epoch ms. */
export const lastChange = (): number =>
  Math.max(newest(join(packageRoot, 'src')), newest(join(packageRoot, 'migrations')));

function newest(folder: string): number {
  return Math.max(
    ...readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );
}

/** Another run may still use what is not that old. */
export async function clearOldBuilds(): Promise<void> {
  for (const name of readdirSync(CACHE).filter((one) => /^(program|bundle)-/.test(one))) {
    const path = join(CACHE, name);
    if (Date.now() - statSync(path).ctimeMs > OLD_MS) await rm(path, { recursive: true, force: true });
  }
}

/** What a process gets of this one's environment: nothing that could reach a real database, Slack or model. */
export function cleanEnvironment(settings: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env;
  return { PATH, HOME, TMPDIR, ...settings };
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A `seepass …` under way. */
export interface Running {
  readonly process: ChildProcess;
  /** What it printed so far. */
  readonly output: { stdout: string; stderr: string };
  readonly finished: Promise<Finished>;
}

/**
 * Starts `seepass` with these arguments in a folder of the caller's.
 * @param program as it ships, where it is left out.
 */
export async function startSeepass(
  folder: string,
  args: readonly string[],
  settings?: Readonly<Record<string, string>>,
  program?: string,
): Promise<Running> {
  const child = spawn(process.execPath, [mainOf(program ?? (await builtProgram())), ...args], {
    cwd: folder,
    env: cleanEnvironment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const finished = once(child, 'close').then(() => ({ code: child.exitCode, ...output }));
  return { process: child, output, finished };
}

/** Runs `seepass` to its end, from where `startSeepass` does. */
export async function seepass(...start: Parameters<typeof startSeepass>): Promise<Finished> {
  return (await startSeepass(...start)).finished;
}
