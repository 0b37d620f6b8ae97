/** Rows a second of `seepass import` beside the database's own COPY of the rows it ends up storing. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { packageRoot } from '../src/paths.ts';
import { openDatabase, parseDatabaseTarget } from '../src/postgres/database.ts';
import { dataFolder } from '../src/postgres/embedded/folder.ts';
import { STAGED_COLUMNS } from '../src/postgres/event-rows.ts';
import { createStaging } from '../src/postgres/event-sql.ts';
import { migrateToLatest } from '../src/postgres/migrate.ts';
import { writeInputs } from './import-data.ts';

const nothing = (): void => undefined;
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

interface Measured {
  where: string;
  rows: number;
  /** Rows a second. */
  ours: number;
  floor: number;
  ratio: number;
  /** Of the importing process. */
  peakRssMb: number;
}

/** Each way runs this often, in turn: its best time counts, as other work on the machine only ever adds. */
const ROUNDS = 2;

/** Prints and returns the measured rows/s on a server (when SEEPASS_BENCH_DATABASE_URL names one) and embedded. */
export async function benchImport(
  sizes = { server: 300_000, embedded: 60_000 },
  serverUrl?: string,
): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'seepass-bench-'));
  const results: Measured[] = [];
  try {
    if (serverUrl !== undefined) results.push(await onServer(serverUrl, sizes.server, folder));
    results.push(await embedded(sizes.embedded, folder));
  } finally {
    await rm(folder, { recursive: true });
  }
  for (const { where, rows, ours, floor, ratio, peakRssMb } of results)
    console.log(
      `import, ${where}, ${rows} rows: ${ours} rows/s, its own COPY ${floor} rows/s, ratio ${ratio} (floor 0.5), peak RSS ${peakRssMb} MB`,
    );
  return results;
}

async function onServer(url: string, rows: number, folder: string): Promise<Measured> {
  const [jsonl, copy] = [join(folder, 'server.jsonl'), join(folder, 'server.copy')];
  await writeInputs(rows, jsonl, copy);
  const round = async (own: string): Promise<Round> => {
    await migrated(own);
    const floorMs = await timed(() =>
      run('psql', [
        '-q',
        '-v',
        'ON_ERROR_STOP=1',
        own,
        '-c',
        createStaging.replace('DELETE', 'PRESERVE'),
        '-c',
        `\\copy seepass_staging FROM '${copy}'`,
        '-c',
        insertStaged,
      ]),
    );
    await run('psql', ['-q', own, '-c', 'TRUNCATE events', '-c', 'CHECKPOINT']);
    return { floorMs, ...(await importFile(jsonl, own)) };
  };
  const rounds: Round[] = [];
  while (rounds.length < ROUNDS) rounds.push(await withOwnDatabase(url, round));
  return measured('PostgreSQL', rows, rounds);
}

async function embedded(rows: number, folder: string): Promise<Measured> {
  const [jsonl, copy] = [join(folder, 'embedded.jsonl'), join(folder, 'embedded.copy')];
  await writeInputs(rows, jsonl, copy);
  const lines = (await readFile(copy, 'utf8')).split(/(?<=\n)/);
  const rounds: Round[] = [];
  while (rounds.length < ROUNDS) {
    const own = await mkdtemp(join(folder, 'embedded-'));
    const floorMs = await embeddedFloor(lines, join(own, 'floor'));
    await migrated(join(own, 'ours'));
    rounds.push({ floorMs, ...(await importFile(jsonl, join(own, 'ours'))) });
  }
  return measured('embedded', rows, rounds);
}

async function embeddedFloor(lines: readonly string[], floor: string): Promise<number> {
  await migrated(floor);
  const database = await PGlite.create(dataFolder(floor));
  await database.exec(createStaging);
  const floorMs = await timed(async () => {
    for (let start = 0; start < lines.length; start += 10_000)
      await database.transaction(async (trx) => {
        await trx.query("COPY seepass_staging FROM '/dev/blob'", [], {
          blob: new Blob(lines.slice(start, start + 10_000)),
        });
        await trx.exec(insertStaged);
      });
  });
  await database.close();
  return floorMs;
}

const columns = STAGED_COLUMNS.map(({ name }) => `"${name}"`)
  .filter((name) => !['"occurrence"', '"repeats"'].includes(name))
  .join(', ');
const insertStaged = `INSERT INTO events (workspace_id, ${columns}) SELECT 'local', ${columns} FROM seepass_staging ON CONFLICT DO NOTHING`;

interface Round {
  ms: number;
  floorMs: number;
  peakRssMb: number;
}

function measured(where: string, rows: number, rounds: readonly Round[]): Measured {
  const ms = Math.min(...rounds.map((round) => round.ms));
  const floorMs = Math.min(...rounds.map((round) => round.floorMs));
  const perSecond = (time: number): number => Math.round((rows * 1000) / time);
  return {
    where,
    rows,
    ours: perSecond(ms),
    floor: perSecond(floorMs),
    ratio: Number((floorMs / ms).toFixed(2)),
    peakRssMb: Math.max(...rounds.map((round) => round.peakRssMb)),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

async function migrated(target: string): Promise<void> {
  const handle = await openDatabase(parseDatabaseTarget(target), { log });
  await migrateToLatest(handle);
  await handle.close();
}

async function withOwnDatabase<T>(url: string, work: (own: string) => Promise<T>): Promise<T> {
  const name = `seepass_bench_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client(url);
  await admin.connect();
  try {
    await admin.query(`CREATE DATABASE ${name}`);
    const own = new URL(url);
    own.pathname = `/${name}`;
    return await work(own.href);
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.end();
  }
}

/** A process of its own, compiled where it was built; the seconds are those of its report, without its start. */
async function importFile(file: string, database: string): Promise<{ ms: number; peakRssMb: number }> {
  const built = join(packageRoot, 'dist', 'src', 'cli', 'main.js');
  const command = existsSync(built) ? [built] : ['--import', 'tsx', join(packageRoot, 'src', 'cli', 'main.ts')];
  const { output, peakRssMb } = await run(
    process.execPath,
    [...command, 'import', file, '--database', database, '--json'],
    {
      SEEPASS_PSEUDONYM_KEY: 'bench bench bench bench',
    },
  );
  return { ms: JSON.parse(output).seconds * 1000, peakRssMb };
}

async function run(command: string, args: string[], environment = {}): Promise<{ output: string; peakRssMb: number }> {
  const child = spawn(command, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, errors, peak] = ['', '', 0];
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  // Linux keeps the peak itself; elsewhere it stays 0.
  const watch = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
  }, 100);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`${command} failed: ${errors}`);
  return { output, peakRssMb: Math.round(peak / 1000) };
}

if (process.argv[1] === import.meta.filename)
  await benchImport(undefined, process.env.SEEPASS_BENCH_DATABASE_URL ?? 'postgres://root@127.0.0.1:5432/postgres');
