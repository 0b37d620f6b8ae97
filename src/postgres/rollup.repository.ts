import { NORMALISER_VERSION } from '../core/text/route.ts';
import type { RollupStore } from '../pipeline/ports.ts';
import type { StoreContext } from './context.ts';
import type { DatabaseHandle } from './database.ts';
import { readEpisodeReach } from './episode-reach.ts';
import { readFailures } from './failure-read.ts';
import { readReconciled } from './reconciliation-read.ts';
import { listDirtyDates, markEverything, planChunks, type TakenMarks, takeMarks } from './rollup-dirty.ts';
import { replaceWithAggregates } from './rollup-import.ts';
import {
  readDateSpan,
  readDayTotals,
  readLinks,
  readReleaseDays,
  readSignatureDays,
  readSignatureReach,
  readSurfaceDays,
  readSurfaceDetails,
} from './rollup-read.ts';
import { scanEvents } from './rollup-scan.ts';
import { narrowToSurfaces, scopeOfDays } from './rollup-scope.ts';
import { refreshEventStatistics } from './rollup-statistics.ts';
import { replaceDays } from './rollup-write.ts';
import { createRollupWriter } from './rollup-writer.ts';
import { readSegments } from './segment-read.ts';
import { restateSurfaces } from './surface-rules.ts';

/** The daily rollups of one workspace, kept in step with its events. */
export function createRollupStore(handle: Pick<DatabaseHandle, 'kysely'>, context: StoreContext): RollupStore {
  const { kysely } = handle;
  const { workspace, log } = context;
  const writer = createRollupWriter(kysely, context);

  const aggregateChunk = (days: { first: string; last: string }): Promise<TakenMarks> =>
    writer.locked(async (trx) => {
      const marks = await takeMarks(trx, workspace, days);
      if (marks.buckets === 0) return marks;
      const surfaces = await restateSurfaces(trx, context, days, marks.surfaces, 'day');
      const scope = await narrowToSurfaces(trx, await scopeOfDays(trx, context, days), surfaces);
      await scanEvents(trx, scope);
      await replaceDays(trx, scope);
      return marks;
    });

  return {
    async aggregateDirty() {
      await writer.locked(writer.completeMarks);
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
    listDirtyDates: (range) => listDirtyDates(kysely, workspace, range),
    markAllDirty: () => writer.locked((trx) => markEverything(trx, context)),
    upsertAggregates: (rows) =>
      rows.length === 0
        ? Promise.resolve()
        : writer.locked(async (trx) => {
            await writer.applyDefinition(trx);
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
    readFailures: (date, surfaces) =>
      surfaces.length === 0 ? Promise.resolve([]) : readFailures(kysely, context, date, surfaces),
    readReconciled: (range, reconciliations) =>
      reconciliations.length === 0 ? Promise.resolve([]) : readReconciled(kysely, context, range, reconciliations),
    readLinks: (date, entity, limit) => readLinks(kysely, context, date, entity, limit),
    readDayTotals: (range) => readDayTotals(kysely, workspace, range),
    dateSpan: () => readDateSpan(kysely, workspace),
  };
}
