import { sql, type Transaction } from 'kysely';
import type { MetricKind } from '../../core/catalogue/define.ts';
import { findMetric, kindOf } from '../../core/catalogue/index.ts';
import type { CheckedQuery, QueryWindow } from '../../core/query/metric-query.ts';
import type { Figure, MetricResult, ResultRow } from '../../core/query/metric-result.ts';
import { addDays, dateInZone, listDays } from '../../core/window.ts';
import { SeepassError } from '../../errors.ts';
import type { MetricSetting } from '../../pipeline/ports.ts';
import type { StoreContext } from '../context.ts';
import { configure } from '../read-only.ts';
import { readMerges } from '../signature-merges.ts';
import type { Database } from '../tables.ts';
import { type Asked, keysOf } from './asked.ts';
import { readDirtyDays } from './counts/definition.ts';
import { type CutRow, type CutWish, compileCut, type Family } from './family.ts';
import { readImportedDays } from './imported.ts';
import { USE_TYPES } from './methods/arrivals.ts';
import { type Bucket, type Period, periodBefore, toPeriod } from './period.ts';
import { readSentSpans, readSpan } from './spans.ts';
import { templateOf } from './template.ts';
import { doTotalsTell, readTotalsDays } from './totals.ts';

/** The most figures an answer holds; more would be no answer. */
const MOST_FIGURES = 10_000;

/** What one period gave, by place of the group and of the bucket. */
interface Read {
  readonly period: Period;
  readonly total: CutRow | undefined;
  readonly groups: readonly CutRow[];
  readonly buckets: ReadonlyMap<string, CutRow>;
}

/**
 * Computes a checked query in a transaction that only reads and sees one state of the data.
 * @param mostEvents how many events may be read, by estimate, where nothing else stops a statement; null where a timeout does.
 */
export async function answerQuery(
  trx: Transaction<Database>,
  context: StoreContext,
  query: CheckedQuery,
  { asOf, config, without = [] }: MetricSetting,
  mostEvents: number | null,
): Promise<MetricResult> {
  const { workspace, timezone, failureStatuses } = context;
  const metric = findMetric(query.metric);
  if (!metric) throw new RangeError(`There is no metric called ${query.metric}: checkQuery lets none through.`);
  const sent = await readSentSpans(trx, workspace);
  const known: Asked = {
    ...{ workspace, timezone, failureStatuses, query, metric, config, asOf },
    merges: namesSignatures(query) ? await readMerges(trx, workspace) : new Map<string, string>(),
    imported: await readImportedDays(trx, workspace),
    dirtyDays: await readDirtyDays(trx, context),
    firstUse: Math.min(
      ...sent.filter(({ type }) => USE_TYPES.some((use) => use === type)).map(({ first_at }) => first_at.getTime()),
    ),
    hasSignups: sent.some(({ type, first_at }) => type === 'signup' && first_at.getTime() <= asOf),
    without: new Set(without),
  };
  const template = templateOf(known);
  const types = template.types(known);
  const tell = doTotalsTell(known, types);
  const asked: Asked = tell ? known : { ...known, imported: null };
  const span = await readSpan(trx, asked, sent, types, asked.imported?.first ?? null);
  const totals = await readTotalsDays(trx, known, lookedAt(), { types: types.flat(), tell });
  const isRatio = kindOf(metric) === 'ratio';
  const grouped = query.group_by.length > 0;
  const say = (row: CutRow | undefined, over: Pick<Bucket, 'start' | 'end'>) =>
    toFigure(row, { kind: kindOf(metric), isKnown: isKnown(over) });

  let readsEvents = false;
  const now = await read(query.window, grouped ? { order: query.order, limit: query.limit } : null);
  const chosen = now.groups.map(({ g1, g2 }) => [g1, g2]);
  const before = query.compare && (await read(query.compare, grouped ? { chosen } : null));

  return {
    rows: (grouped ? now.groups : [undefined]).flatMap((group, place) => rowsOf(group, place)),
    total: { figure: say(now.total, now.period), compared: before && say(before.total, before.period) },
    groups: now.groups[0]?.groups ?? 0,
    watermark: span.watermark,
    first_date: span.firstDate,
    served_by: readsEvents ? 'events' : 'rollups',
    totals_only: [...totals.only],
    totals_partly: [...totals.partly],
  };

  /** All that the figures rest on: what looks back rests on the time before as well. */
  function lookedAt(): Pick<Period, 'start' | 'until'>[] {
    return [query.window, ...(query.compare ? [query.compare] : [])].flatMap((window) => {
      const period = toPeriod(window, { grain: null, asOf, zone: timezone });
      if (!template.looksBack) return [period];
      const before = periodBefore(period, timezone);
      return [period, { start: before.start, until: before.end }];
    });
  }

  function isKnown({ start, end }: Pick<Bucket, 'start' | 'end'>): boolean {
    const { firstInstant } = span;
    if ((template.looksBack ? start : end) <= firstInstant || start > asOf) return false;
    if (totals.only.size === 0) return true;
    // Who was not seen in part of the time may have been there: nobody can tell who left.
    if (template.looksBack)
      return !daysBetweenInstants({ start: periodBefore({ start, end }, timezone).start, end }).some(isUntold);
    return daysBetweenInstants({ start: Math.max(start, firstInstant), end }).some((date) => !isUntold(date));
  }

  function daysBetweenInstants({ start, end }: Pick<Bucket, 'start' | 'end'>): string[] {
    const last = Math.min(end - 1, asOf);
    return listDays({ start: dateInZone(start, timezone), end: addDays(dateInZone(last, timezone), 1) });
  }

  function isUntold(date: string): boolean {
    return totals.only.has(date);
  }

  /** Whether a bucket holds days of which not all is known. */
  function lacks(over: Pick<Bucket, 'start' | 'end'>): boolean {
    if (totals.only.size + totals.partly.size === 0) return false;
    return daysBetweenInstants(over).some((date) => isUntold(date) || totals.partly.has(date));
  }

  async function read(window: QueryWindow, groups: CutWish['groups']): Promise<Read> {
    const period = toPeriod(window, { grain: query.grain, asOf, zone: timezone });
    refuseTooMany(period, query);
    const grained = query.grain !== null;
    const rows: CutRow[] = [];
    const run = async (family: Family, wish: Pick<CutWish, 'groups' | 'onlyBuckets'> & { grained: boolean }) => {
      const keys = keysOf(asked, wish);
      readsEvents ||= family.readsEvents;
      if (family.readsEvents && mostEvents !== null) await refuseTooLong(trx, asked, period, mostEvents);
      // Events are worth the workers that counted days are not.
      if (family.readsEvents) await configure(trx, { max_parallel_workers_per_gather: '2' });
      rows.push(...(await compileCut(family, { ...wish, keys, isRatio }).execute(trx)).rows);
    };
    const whole = template.family(asked, { period, grained });
    if (!grained || whole.composable) await run(whole, { groups, onlyBuckets: false, grained });
    else {
      await run(template.family(asked, { period, grained: false }), { groups, onlyBuckets: false, grained: false });
      const chosen = groupsOf(rows).map(({ g1, g2 }) => [g1, g2]);
      await run(whole, { groups: groups && { chosen }, onlyBuckets: true, grained });
    }
    return {
      period,
      total: rows.find(({ part }) => part === 'total'),
      groups: groupsOf(rows),
      buckets: new Map(
        rows.filter(({ part }) => part === 'bucket').map((row) => [`${row.place ?? 0} ${row.bucket}`, row]),
      ),
    };
  }

  function rowsOf(group: CutRow | undefined, place: number): ResultRow[] {
    const key = Object.fromEntries(
      query.group_by.map((dimension, at) => [dimension, group?.[at === 0 ? 'g1' : 'g2'] ?? null]),
    );
    if (query.grain === null) {
      const compared = before && say(grouped ? before.groups[place] : before.total, before.period);
      const figure = say(grouped ? group : now.total, now.period);
      return [{ key, bucket: null, partial: now.period.partial || lacks(now.period), figure, compared }];
    }
    return now.period.buckets.map((bucket, at) => {
      const other = before?.period.buckets[at];
      return {
        key,
        bucket: bucket.label,
        partial: bucket.partial || lacks(clip(bucket, now.period)),
        figure: say(now.buckets.get(`${place} ${at}`), clip(bucket, now.period)),
        compared: before && other ? say(before.buckets.get(`${place} ${at}`), clip(other, before.period)) : null,
      };
    });
  }
}

const namesSignatures = ({ group_by, filters }: CheckedQuery): boolean =>
  group_by.includes('error_signature') || filters.error_signature !== undefined;

const groupsOf = (rows: readonly CutRow[]): CutRow[] =>
  rows.filter(({ part }) => part === 'group').sort((a, b) => (a.place ?? 0) - (b.place ?? 0));

/** The part of a bucket that the window holds. */
const clip = (bucket: Bucket, { start, end }: Period): { start: number; end: number } => ({
  start: Math.max(bucket.start, start),
  end: Math.min(bucket.end, end),
});

/** What was not found is zero where data was there to be found, and not known elsewhere. */
function toFigure(row: CutRow | undefined, { kind, isKnown }: { kind: MetricKind; isKnown: boolean }): Figure {
  if (!isKnown) return { value: null, numerator: null, denominator: null, sample: 0 };
  const sample = row?.sample ?? 0;
  if (kind === 'percentile') return { value: row?.numerator ?? null, numerator: null, denominator: null, sample };
  const numerator = row?.numerator ?? 0;
  if (kind !== 'ratio') return { value: numerator, numerator: null, denominator: null, sample };
  const denominator = row?.denominator ?? 0;
  return { value: denominator === 0 ? null : numerator / denominator, numerator, denominator, sample };
}

function refuseTooMany({ buckets }: Period, { group_by, limit, grain }: CheckedQuery): void {
  const figures = buckets.length * (group_by.length > 0 ? limit : 1);
  if (figures <= MOST_FIGURES) return;
  throw new SeepassError(
    'too_large',
    `That would be ${figures} figures, more than the ${MOST_FIGURES} an answer holds.`,
    {
      fix: grain === 'hour' ? 'Ask by the day, or for a shorter window.' : 'Ask for fewer groups, or a shorter window.',
    },
  );
}

/** By the share of all time there is data of: the embedded database cannot be stopped once it began. */
async function refuseTooLong(
  trx: Transaction<Database>,
  { workspace }: Asked,
  { start, until }: Period,
  mostEvents: number,
): Promise<void> {
  const { rows } = await sql<{ events: number | null; first: Date | null; last: Date | null }>`
    SELECT sum(events_total)::float8 AS events, min(first_event_at) AS first, max(last_event_at) AS last
    FROM source_freshness WHERE workspace_id = ${workspace}`.execute(trx);
  const { events, first, last } = rows[0] ?? {};
  if (!events || !first || !last) return;
  const whole = Math.max(1, last.getTime() - first.getTime());
  const read = Math.max(0, Math.min(until, last.getTime()) - Math.max(start, first.getTime()));
  if ((events * read) / whole <= mostEvents) return;
  throw new SeepassError('query_too_slow', 'That would read more events than the embedded database can in time.', {
    fix: 'Ask for a shorter window, or set DATABASE_URL to a PostgreSQL server.',
  });
}
