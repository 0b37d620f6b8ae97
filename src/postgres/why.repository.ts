import type { Kysely } from 'kysely';
import { WHY_MEASURES, type WhyMeasure } from '../core/query/why/measured.ts';
import type { ChangeRow, WhyDimension } from '../core/query/why/split.ts';
import type { WhyStore } from '../pipeline/why.ts';
import type { StoreContext } from './context.ts';
import { isCountedDimension } from './metric-sql/scan.ts';
import { readOnly } from './read-only.ts';
import type { Database } from './tables.ts';
import { readTexts } from './text-read.ts';
import { EXPOSURES, NOTHING, readChange, readReach, readReleaseStarts, readSliceDays } from './why-read.ts';

/** What answers about causes and texts read, of one workspace. */
export function createWhyStore(db: Kysely<Database>, context: StoreContext): WhyStore {
  return {
    readDays: (range, slice, asOf) => readOnly(db, (trx) => readSliceDays(trx, context, range, slice, asOf)),
    readChange: (of) => readOnly(db, (trx) => readEveryDimension(trx, context, of)),
    readReleaseStarts: (range, surface, asOf) => readReleaseStarts(db, context, range, surface, asOf),
    readReach: (range, slice, asOf) => readOnly(db, (trx) => readReach(trx, context, range, slice, asOf)),
    readTexts: (of, asOf) => readOnly(db, (trx) => readTexts(trx, context, of, asOf)),
    async readAnnotations({ start, end }) {
      const rows = await db
        .selectFrom('annotations')
        .select(['kind', 'at', 'surface_pattern', 'text'])
        .where('workspace_id', '=', context.workspace)
        .where('at', '>=', new Date(start))
        .where('at', '<', new Date(end))
        .orderBy('at')
        .execute();
      return rows.map(({ at, ...row }) => ({ ...row, at: at.getTime() }));
    },
  };
}

/** Each dimension from where it costs least: what is counted by day from the counts, the rest from events. */
async function readEveryDimension(
  db: Kysely<Database>,
  context: StoreContext,
  of: Parameters<WhyStore['readChange']>[0],
): Promise<ChangeRow[]> {
  const { dimensions, measures } = of;
  const counted = dimensions.filter(isCountedDimension);
  const rows = await readChange(db, context, { ...of, dimensions: counted, measures: WHY_MEASURES });
  const whole = rows.filter(({ dimension }) => dimension === rows[0]?.dimension);
  const fromEvents = async (dimension: WhyDimension, wanted: readonly WhyMeasure[]): Promise<void> => {
    if (!dimensions.includes(dimension)) return;
    rows.push(...(await readChange(db, context, { ...of, dimensions: [dimension], measures: wanted })));
    // Most events are views: cutting those as well would cost more than all the rest.
    if (!wanted.some((measure) => EXPOSURES.includes(measure))) rows.push(...exposuresOf(whole, dimension));
  };
  await fromEvents('account', measures ?? WHY_MEASURES);
  await fromEvents('ticket_topic', ['tickets']);
  return rows;
}

/** The views and requests of both periods, as events without a value of the dimension. */
const exposuresOf = (whole: readonly ChangeRow[], dimension: WhyDimension): ChangeRow[] =>
  whole.map(({ is_now, pageviews, requests }) => ({ ...NOTHING, dimension, value: null, is_now, pageviews, requests }));
