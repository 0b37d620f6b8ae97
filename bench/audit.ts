/**
 * 100,000 audit entries: sealing them, verifying the database, exporting them and verifying the file, beside a floor of
 * reading the rows and hashing as many texts.
 */
import { hash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { createExportVerifier } from '../src/core/audit/verify-export.ts';
import { createLog } from '../src/log.ts';
import { exportAudit } from '../src/pipeline/audit/export-audit.ts';
import { sealAudit } from '../src/pipeline/audit/seal-audit.ts';
import { verifyAudit } from '../src/pipeline/audit/verify-audit.ts';
import { type DatabaseHandle, openDatabase, parseDatabaseTarget } from '../src/postgres/database.ts';
import { migrateToLatest } from '../src/postgres/migrate.ts';
import { createStores } from '../src/postgres/stores.ts';
import { onServer, time } from './measuring.ts';

const ENTRIES = 100_000;
const sha256 = (text: string): string => hash('sha256', text, 'hex');

export interface AuditBench {
  where: string;
  entries: number;
  /** Milliseconds for all of them. */
  floor: number;
  seal: number;
  /** With nothing to seal, as it mostly is. */
  idle: number;
  verify: number;
  export: number;
  verifyFile: number;
  /** Bytes of the exported file. */
  bytes: number;
}

/** @param server URL of a server on which a database may be made and dropped, or `memory`. */
export async function benchAudit(server: string, entries = ENTRIES): Promise<AuditBench> {
  if (server === 'memory') return measure(await openDatabase(parseDatabaseTarget(server), { log }), entries);
  const name = `bench_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  try {
    return await measure(await openDatabase({ kind: 'server', url }, { log }), entries);
  } finally {
    await onServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

const log = createLog('silent');

async function measure(handle: DatabaseHandle, entries: number): Promise<AuditBench> {
  try {
    await migrateToLatest(handle);
    const context = { workspace: 'bench', timezone: 'UTC', clock: Date.now, newId: uuidv7, failureStatuses: [], log };
    const stores = createStores(handle, context);
    await fill(handle, entries);
    const floor = await time(async () => {
      const { rows } = await sql`SELECT * FROM audit_entries ORDER BY at, id`.execute(handle.kysely);
      let previous = '';
      for (const row of rows) previous = sha256(previous + JSON.stringify(row));
    });
    const seal = await time(() => sealAudit(stores, log));
    const idle = await time(() => sealAudit(stores, log));
    const options = { workspace: 'bench', sha256, known: null };
    const verify = await time(() => expectSound(verifyAudit(stores, options), entries));
    const lines: string[] = [];
    const exporting = await time(() =>
      exportAudit(stores, {
        ...{ workspace: 'bench', after: 0, sha256, clock: Date.now },
        write: async (line) => void lines.push(line),
      }),
    );
    const verifyFile = await time(() => expectSound(verifyLines(lines), entries));
    const bytes = lines.reduce((sum, line) => sum + line.length + 1, 0);
    return { where: handle.kind, entries, floor, seal, idle, verify, export: exporting, verifyFile, bytes };
  } finally {
    await handle.close();
  }
}

async function fill({ kysely }: DatabaseHandle, entries: number): Promise<void> {
  await sql`
    INSERT INTO audit_entries (workspace_id, id, at, actor, actor_role, action, subject_type, subject_id, channel, outcome, details)
    SELECT 'bench', gen_random_uuid(), timestamptz '2026-01-01' + n * interval '1 second', 'U' || n % 50, 'viewer',
      (ARRAY['question.ask', 'accounts.view', 'setting.change', 'incident.acknowledged'])[n % 4 + 1], 'receipt',
      md5(n::text), 'C' || n % 20, 'answered', jsonb_build_object('parameters', md5(n::text) || md5(n::text), 'intent', 'metric')
    FROM generate_series(1, ${entries}::int) n`.execute(kysely);
  await sql`ANALYZE audit_entries`.execute(kysely);
}

async function verifyLines(lines: readonly string[]) {
  const verifier = createExportVerifier(sha256);
  for (const line of lines) verifier.line(line);
  return verifier.end();
}

async function expectSound(
  verdict: Promise<{ sound: boolean; entries: number } | undefined>,
  entries: number,
): Promise<void> {
  const found = await verdict;
  if (!found?.sound || found.entries !== entries) throw new Error(`not sound: ${JSON.stringify(found)}`);
}

export function describeAudit(bench: AuditBench): string {
  const { where, entries, bytes } = bench;
  const told = (ms: number): string => `${(ms / 1000).toFixed(1)} s (${Math.round(entries / ms)}k/s)`;
  return (
    `audit, ${entries} entries, ${where}: seal ${told(bench.seal)}, verify ${told(bench.verify)}, ` +
    `export ${told(bench.export)} (${Math.round(bytes / 1e6)} MB), verify the file ${told(bench.verifyFile)}; ` +
    `read and hash alone ${told(bench.floor)}; nothing to seal ${bench.idle.toFixed(0)} ms`
  );
}
