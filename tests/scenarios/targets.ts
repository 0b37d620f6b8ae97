/** Databases that several processes reach by name: a folder, or a database on the server. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { openDatabase } from '../../src/postgres/database.ts';
import { migrateToLatest } from '../../src/postgres/migrate.ts';
import { migratedTemplate, unpackDatabase } from '../support/embedded-template.ts';
import { makeServerDatabase, type ServerDatabase, serverUrl } from '../support/server.ts';
import { silentLog } from '../support/silent-log.ts';

export interface Target {
  /** For `--database`. */
  readonly database: string;
  /** A second database with the same content; nobody may be connected to this one. */
  copy(): Promise<Target>;
  drop(): Promise<void>;
}

export interface TargetKind {
  readonly name: 'embedded' | 'PostgreSQL';
  /** An empty, migrated database. */
  make(): Promise<Target>;
}

export const embeddedTarget: TargetKind = {
  name: 'embedded',
  async make() {
    const target = await folderTarget();
    await unpackDatabase(target.database, await migratedTemplate());
    return target;
  },
};

async function folderTarget(): Promise<Target> {
  const place = await mkdtemp(join(tmpdir(), 'seepass-scenario-'));
  const database = join(place, 'db');
  return {
    database,
    async copy() {
      const other = await folderTarget();
      await cp(database, other.database, { recursive: true });
      return other;
    },
    drop: () => rm(place, { recursive: true, force: true }),
  };
}

const server = (url: string): TargetKind => {
  let migrated: Promise<ServerDatabase> | undefined;
  return {
    name: 'PostgreSQL',
    async make() {
      migrated ??= makeMigrated(url);
      return serverTarget(await (await migrated).copy());
    },
  };
};

/** Once a worker: the migrations take half a second of a core, a copy some milliseconds. */
async function makeMigrated(server: string): Promise<ServerDatabase> {
  const { url, copy, drop } = await makeServerDatabase(server);
  atWorkerEnd(drop);
  const handle = await openDatabase({ kind: 'server', url }, { log: silentLog });
  await migrateToLatest(handle);
  await handle.close();
  return { url, copy, drop };
}

const serverTarget = ({ url, copy, drop }: ServerDatabase): Target => ({
  database: url,
  copy: async () => serverTarget(await copy()),
  drop,
});

/** For tests that need a database of any kind: the server's, where there is one; each start embedded takes seconds. */
export const quickestTarget: TargetKind = serverUrl === undefined ? embeddedTarget : server(serverUrl);

/** Defines slow tests once, on the quickest kind of database. */
export function describeOnOneTarget(name: string, define: (kind: TargetKind) => void): void {
  describe(`${name} (${quickestTarget.name})`, () => define(quickestTarget));
}
