import { addDays, dateInZone, startOfDay } from '../core/window.ts';
import type { HourStore } from '../pipeline/ports.ts';
import type { StoreContext } from './context.ts';
import type { DatabaseHandle } from './database.ts';
import { planHourChunks, readDataEnd, settleFirstDay, takeHourMarks } from './hourly-dirty.ts';
import { readAllPages, readPageAmongAll, readSurfaceHours } from './hourly-read.ts';
import { readFirstSeen, readHit, readPageHours } from './page-hours.ts';
import { scanEvents } from './rollup-scan.ts';
import { narrowToSurfaces, scopeOfHours } from './rollup-scope.ts';
import { refreshEventStatistics } from './rollup-statistics.ts';
import { replaceHours } from './rollup-write.ts';
import { createRollupWriter } from './rollup-writer.ts';
import { restateSurfaces } from './surface-rules.ts';

/** The hourly rollups of one workspace, kept in step with its recent events. */
export function createHourStore(handle: Pick<DatabaseHandle, 'kysely'>, context: StoreContext): HourStore {
  const { kysely } = handle;
  const { workspace, timezone, log } = context;
  const writer = createRollupWriter(kysely, context);

  const aggregateChunk = (days: { first: string; last: string }): Promise<number> =>
    writer.locked(async (trx) => {
      const { hours, surfaces: marked } = await takeHourMarks(trx, context, days);
      if (hours.length === 0) return 0;
      const surfaces = await restateSurfaces(trx, context, days, marked, 'hour');
      const scope = await narrowToSurfaces(trx, scopeOfHours(context, hours, days.last), surfaces);
      await scanEvents(trx, scope);
      await replaceHours(trx, scope);
      return hours.length;
    });

  return {
    async aggregateDirty(since) {
      await writer.locked(async (trx) => {
        await writer.completeMarks(trx);
        await settleFirstDay(trx, context, since);
      });
      const chunks = await planHourChunks(kysely, workspace);
      if (chunks.length > 0) await refreshEventStatistics(kysely, log);
      let hours = 0;
      for (const days of chunks) hours += await aggregateChunk(days);
      return { hours };
    },
    prune: (days) =>
      writer.locked(async (trx) => {
        const first = addDays(dateInZone(await readDataEnd(trx, context), timezone), -days);
        const from = new Date(startOfDay(first, timezone));
        await trx
          .deleteFrom('hourly_findings')
          .where('workspace_id', '=', workspace)
          .where('hour', '<', from)
          .execute();
        const { numDeletedRows } = await trx
          .deleteFrom('hourly_surface_metrics')
          .where('workspace_id', '=', workspace)
          .where('hour', '<', from)
          .executeTakeFirstOrThrow();
        return Number(numDeletedRows);
      }),
    readSurfaceHours: (range) => readSurfaceHours(kysely, context, range),
    readAllPages: (range) => readAllPages(kysely, context, range),
    readPageAmongAll: (range, surface, all) => readPageAmongAll(kysely, context, range, surface, all),
    readPageHours: (range, surfaces) => readPageHours(kysely, context, range, surfaces),
    readHit: (range, surfaces) => readHit(kysely, context, range, surfaces),
    readFirstSeen: (releases, before) => readFirstSeen(kysely, context, releases, before),
  };
}
