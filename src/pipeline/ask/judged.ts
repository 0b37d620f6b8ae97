/** What the daily judge said of a page in a period. */
import { createSurfaceMatcher } from '../../core/delivery/surface-pattern.ts';
import type { MetricQuery, QueryWindow } from '../../core/query/metric-query.ts';
import { wholeDays } from '../../core/query/why/windows.ts';
import type { DateRange, Priority } from '../../core/records.ts';
import { addDays } from '../../core/window.ts';
import type { JudgedDay, Stores } from '../ports.ts';

/** Days looked at, from the last of the period back. */
const MOST_DAYS = 7;
const MONTH = 31;
/** Errors and failed requests are counted from the same events: flagged as one, asked about as another. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  errors: ['error_rate', 'failure_rate'],
  error_rate: ['errors', 'failure_rate'],
  failure_rate: ['request_failures', 'error_rate', 'errors'],
  request_failures: ['failure_rate'],
  dropoffs: ['dropoff_rate'],
  dropoff_rate: ['dropoffs'],
  tickets: ['ticket_rate'],
  ticket_rate: ['tickets'],
  actions: ['conversion_rate'],
  conversion_rate: ['actions'],
};

/**
 * The best ranked priority about the query's pages (or its error signature) on the latest day of the period that has
 * one; with a metric, only one that flags it.
 */
export async function findPriority(
  stores: Pick<Stores, 'priorities'>,
  query: MetricQuery,
  { start, end }: DateRange,
): Promise<Priority | null> {
  const isAbout = aboutOf(query);
  if (!isAbout) return null;
  const metrics = query.metric === null ? null : [query.metric, ...(SAME[query.metric] ?? [])];
  for (let date = addDays(end, -1), days = 0; date >= start && days < MOST_DAYS; date = addDays(date, -1), days++) {
    const all = (await stores.priorities.listPriorities(date)).filter(
      (priority) =>
        isAbout(priority) &&
        (metrics === null ||
          priority.pattern_record.findings.some(
            ({ metric, direction }) => direction !== null && metrics.includes(metric),
          )),
    );
    // Itself before one that it is only told together with.
    const found = all.find(({ entity_key }) => entity_key === query.surface) ?? all[0];
    if (found) return found;
  }
  return null;
}

/** The latest judged day of the window that was over by today; at most a month back. */
export async function findJudgedDay(
  stores: Pick<Stores, 'priorities'>,
  window: QueryWindow,
  today: string,
): Promise<JudgedDay | undefined> {
  const { start, end } = wholeDays(window);
  for (
    let date = addDays(end < today ? end : today, -1), days = 0;
    date >= start && days < MONTH;
    date = addDays(date, -1), days++
  ) {
    const found = await stores.priorities.findDay(date);
    if (found) return found;
  }
  return undefined;
}

/** Those about the query's pages or its error signature, in their order; all where it names neither. */
export function prioritiesAbout(query: MetricQuery, priorities: readonly Priority[]): Priority[] {
  const known = Object.fromEntries(Object.entries(query.filters).filter(([dimension]) => isAboutKnown(dimension)));
  const isAbout = aboutOf({ ...query, filters: known });
  return isAbout ? priorities.filter(isAbout) : [...priorities];
}

/** Whether priorities are kept by the dimension. */
export const isAboutKnown = (dimension: string): boolean => ['surface', 'error_signature'].includes(dimension);

/** Null where the query names neither a page nor an error: then no single priority is meant. */
function aboutOf({ surface, filters }: MetricQuery): ((priority: Priority) => boolean) | null {
  const { error_signature: signature, surface: page, ...others } = filters;
  const pattern = surface ?? (typeof page === 'string' ? page : undefined);
  if (Object.keys(others).length > 0) return null;
  if (typeof signature === 'string')
    return ({ entity_type, entity_key }) => entity_type === 'error_signature' && entity_key === signature;
  if (pattern === undefined) return null;
  const matches = createSurfaceMatcher(pattern);
  return ({ entity_type, entity_key, members }) =>
    [{ entity_type, entity_key }, ...members].some(
      (entity) => entity.entity_type === 'surface' && matches(entity.entity_key),
    );
}
