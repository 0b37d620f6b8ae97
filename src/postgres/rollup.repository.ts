import { sql, type Transaction } from 'kysely';
import { NORMALISER_VERSION } from '../core/text/route.ts';
import type { RollupStore } from '../pipeline/ports.ts';
import type { StoreContext } from './context.ts';
import type { DatabaseHandle } from './database.ts';
import { readEpisodeReach } from './episode-reach.ts';
import { applyDefinition, describeDefinition } from './rollup-definition.ts';
import {
  expandAccountMarks,
  lockRollups,
  markEverything,
  narrowSurfaces,
  planChunks,
  type TakenMarks,
  takeMarks,
} from './rollup-dirty.ts';
import { replaceWithAggregates } from './rollup-import.ts';
import {
  readDateSpan,
  readLinks,
  readReleaseDays,
  readSignatureDays,
  readSignatureReach,
  readSurfaceDays,
  readSurfaceDetails,
} from './rollup-read.ts';
import { scanEvents } from './rollup-scan.ts';
import { refreshEventStatistics } from './rollup-statistics.ts';
import { replaceRollups } from './rollup-write.ts';
import { readSegments } from './segment-read.ts';
import type { Database } from './tables.ts';

/** The daily rollups of one workspace, kept in step with its events. */
export function createRollupStore(handle: Pick<DatabaseHandle, 'kysely'>, context: StoreContext): RollupStore {
  const { kysely } = handle;
  const { workspace, log } = context;
  const definition = describeDefinition(context, NORMALISER_VERSION);

  /** In one transaction, as the only writer of this workspace's rollups. */
  const locked = <T>(work: (trx: Transaction<Database>) => Promise<T>): Promise<T> =>
    kysely.transaction().execute(async (trx) => {
      await lockRollups(trx, workspace);
      return work(trx);
    });

  const aggregateChunk = (days: { first: string; last: string }): Promise<TakenMarks> =>
    locked(async (trx) => {
      const marks = await takeMarks(trx, workspace, days);
      if (marks.buckets === 0) return marks;
      // Enough memory for the hash tables of four weeks; compiling plans costs more than it saves.
      await sql`SET LOCAL work_mem = '128MB'`.execute(trx);
      await sql`SET LOCAL jit = off`.execute(trx);
      const surfaces = await narrowSurfaces(trx, { workspace, ...days }, marks.surfaces);
      const scope = { ...context, ...days, surfaces };
      await scanEvents(trx, scope);
      await replaceRollups(trx, scope);
      return marks;
    });

  return {
    async aggregateDirty() {
      const changed = await locked(async (trx) => {
        const names = await applyDefinition(trx, context, definition);
        await expandAccountMarks(trx, context);
        return names;
      });
      if (changed.length > 0) log.info({ changed }, 'The definition of the rollups changed: rebuilding all of them');
      const chunks = await planChunks(kysely, workspace);
      if (chunks.length > 0) await refreshEventStatistics(kysely, log);
      let buckets = 0;
      const dates: string[] = [];
      for (const days of chunks) {
        const marks = await aggregateChunk(days);
        buckets += marks.buckets;
        dates.push(...marks.dates);
      }
      return { buckets, dates: dates.sort() };
    },
    markAllDirty: () => locked((trx) => markEverything(trx, context)),
    upsertAggregates: (rows) =>
      rows.length === 0
        ? Promise.resolve()
        : locked(async (trx) => {
            await applyDefinition(trx, context, definition);
            await replaceWithAggregates(trx, workspace, NORMALISER_VERSION, rows);
          }),
    readSurfaceDays: (range) => readSurfaceDays(kysely, workspace, range),
    readSurfaceDetails: (date, surfaces) => readSurfaceDetails(kysely, workspace, date, surfaces),
    readReleaseDays: (range) => readReleaseDays(kysely, workspace, range),
    readSignatureDays: (range) => readSignatureDays(kysely, workspace, range),
    readSignatureReach: (date, signature) => readSignatureReach(kysely, context, date, signature),
    readEpisodeReach: (date, episodes) =>
      episodes.length === 0 ? Promise.resolve([]) : readEpisodeReach(kysely, context, date, episodes),
    readSegments: (of) => (of.surfaces.length === 0 ? Promise.resolve([]) : readSegments(kysely, context, of)),
    readLinks: (date, entity, limit) => readLinks(kysely, context, date, entity, limit),
    dateSpan: () => readDateSpan(kysely, workspace),
  };
}
