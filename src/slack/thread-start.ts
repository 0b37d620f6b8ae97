import { findMetric } from '../core/catalogue/index.ts';
import { DEFAULT_ROWS, type MetricQuery } from '../core/query/metric-query.ts';
import type { ThreadContext } from '../core/query/reading.ts';
import type { Priority } from '../core/records.ts';
import { addDays } from '../core/window.ts';
import type { Receipt, ThreadRef } from '../pipeline/answers.ts';
import { DIGEST_KIND } from '../pipeline/digest-message.ts';
import { dayOfDigest } from '../pipeline/due/due-subject.ts';
import type { Stores } from '../pipeline/ports.ts';

interface ThreadDeps {
  stores: Pick<Stores, 'threads' | 'outbox' | 'priorities'>;
  /** IANA zone of the workspace. */
  timezone: string;
}

/**
 * What a thread has settled: what was asked in it, else what the message it hangs under is about. Under a digest that
 * is its day and its priorities by rank; where there is one only, that one's page and metric.
 * @returns null where we have answered and nothing is settled, undefined where we know nothing of the thread.
 */
export async function settledIn(
  { stores, timezone }: ThreadDeps,
  thread: ThreadRef,
): Promise<ThreadContext | null | undefined> {
  const kept = await stores.threads.find(thread);
  if (kept) return kept.context;
  const posted = await stores.outbox.findByMessage(thread.channel, thread.thread);
  if (posted?.kind !== DIGEST_KIND) return undefined;
  const date = dayOfDigest(posted.subject, timezone);
  return contextOfDay(date, await stores.priorities.listPriorities(date));
}

/**
 * Notes that we answer in a thread, whatever the answer will be: replies in it may be for us from now on. One that
 * nobody has asked in gets what its first message is about.
 */
export async function beginThread(deps: ThreadDeps, thread: ThreadRef): Promise<void> {
  const { threads } = deps.stores;
  if (await threads.find(thread)) return;
  // Whoever was faster has kept the same.
  await threads.keep(thread, (await settledIn(deps, thread)) ?? null, 0);
}

/** Takes a thread back to what an answer in it was about, so that its buttons go on from there. */
export async function returnTo(
  { threads }: Pick<Stores, 'threads'>,
  thread: ThreadRef,
  receipt: Receipt,
): Promise<void> {
  if (receipt.query === null) return;
  const kept = await threads.find(thread);
  if (kept?.context && JSON.stringify(kept.context.query) === JSON.stringify(receipt.query)) return;
  const context: ThreadContext = { intent: receipt.reading.intent, query: receipt.query, listed: [] };
  await threads.keep(thread, context, kept?.turn ?? 0);
}

/** @param date YYYY-MM-DD, the judged day. */
export function contextOfDay(date: string, priorities: readonly Priority[]): ThreadContext {
  const ranked = [...priorities].sort((a, b) => a.rank - b.rank);
  const [only, second] = ranked;
  return {
    intent: 'top',
    query: { ...dayQuery(date), ...(only !== undefined && second === undefined ? subjectOf(only) : {}) },
    listed: ranked.map(({ entity_type, entity_key }) => ({ dimension: entity_type, value: entity_key })),
  };
}

const dayQuery = (date: string): MetricQuery => ({
  metric: null,
  surface: null,
  filters: {},
  window: { start: date, end: addDays(date, 1) },
  compare: null,
  group_by: [],
  grain: null,
  order: 'desc',
  limit: DEFAULT_ROWS,
});

function subjectOf({ entity_type, entity_key, pattern_record }: Priority): Partial<MetricQuery> {
  const metric = findMetric(pattern_record.findings[0]?.metric ?? '')?.id ?? null;
  return entity_type === 'surface'
    ? { metric, surface: entity_key }
    : { metric, filters: { error_signature: entity_key } };
}
