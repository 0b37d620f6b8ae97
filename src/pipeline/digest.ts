import { summariseColdStart } from '../core/delivery/cold-start.ts';
import {
  type ColdStart,
  DIGEST_IMPROVEMENTS,
  DIGEST_ITEMS,
  type DigestItem,
  type DigestModel,
} from '../core/delivery/digest-model.ts';
import { findSilentSources } from '../core/delivery/freshness.ts';
import { explainWithTemplate } from '../core/explain/template.ts';
import { buildFacts } from '../core/facts/ledger.ts';
import type { Explanation, Priority } from '../core/records.ts';
import { addDays, dateInZone, windowEndingOn } from '../core/window.ts';
import { SeepassError } from '../errors.ts';
import type { Clock, JudgedDay, Stores } from './ports.ts';

const COLD_START_DAYS = 14;
/** A suggestion may be approved for this long after its day was judged. */
const PROPOSAL_LIFE_MS = 7 * 86_400_000;

export interface DigestContext {
  stores: Stores;
  /** IANA zone. */
  timezone: string;
  /** ISO 4217. */
  currency: string;
  clock: Clock;
}

/**
 * Everything the digest of a judged day says, from the stores alone: calling it later gives the same digest
 * with the decisions made since. Makes the proposals that its buttons decide on.
 * @throws SeepassError `not_found` when that day was never judged.
 */
export async function buildDigest(context: DigestContext, date: string): Promise<DigestModel> {
  const { stores, timezone, currency } = context;
  const day = await stores.priorities.findDay(date);
  if (!day) {
    throw new SeepassError('not_found', `${date} was not judged.`, { fix: `Run \`seepass run --date ${date}\`.` });
  }
  const priorities = await stores.priorities.listPriorities(date);
  const items = await buildItems(context, priorities.slice(0, DIGEST_ITEMS), day.as_of);
  const coldStart = priorities.length === 0 ? await findColdStart(context, day) : null;
  const newToday = priorities.filter((priority) => priority.pattern_record.days <= 1).length;
  const sources = await stores.freshness.list();
  return {
    kind: kindOf(day, coldStart),
    date,
    writtenOn: dateInZone(day.as_of, timezone),
    timezone,
    currency,
    surfaces: day.surfaces,
    tooSmall: day.summary.too_small,
    insufficientHistory: day.summary.insufficient_history,
    underMaintenance: day.summary.under_maintenance,
    baselinesReadyOn: day.summary.baselines_ready_on,
    expectedFalse: day.summary.expected_false,
    total: priorities.length,
    newToday,
    continuing: priorities.length - newToday,
    backToNormal: day.summary.back_to_normal,
    improvements: day.summary.improvements.slice(0, DIGEST_IMPROVEMENTS),
    sources: findSilentSources(sources, day.as_of, day.summary.gap_sources),
    items,
    coldStart,
  };
}

function kindOf({ surfaces, priorities, summary }: JudgedDay, coldStart: ColdStart | null): DigestModel['kind'] {
  if (priorities > 0) return 'ranked';
  if (surfaces === 0) return summary.under_maintenance > 0 ? 'maintenance' : 'no_data';
  return coldStart ? 'cold_start' : 'quiet';
}

/** The given priorities with what a person reads of each and the proposal to decide on, in the same order. */
export async function buildItems(
  context: DigestContext,
  priorities: readonly Priority[],
  asOf: number,
): Promise<DigestItem[]> {
  const items: DigestItem[] = [];
  for (const priority of priorities) {
    const { date, entity_type, entity_key } = priority;
    const explanation = await explanationOf(context, priority);
    const proposal = await context.stores.proposals.ensure({
      date,
      entity_type,
      entity_key,
      action: explanation.action,
      expiresAt: asOf + PROPOSAL_LIFE_MS,
    });
    items.push({ priority, explanation, proposal });
  }
  return items;
}

/** The given priorities with what a person reads of each, for lists that decide nothing: nothing is written. */
export async function readItems(context: DigestContext, priorities: readonly Priority[]): Promise<DigestItem[]> {
  const items: DigestItem[] = [];
  for (const priority of priorities) {
    items.push({ priority, explanation: await explanationOf(context, priority), proposal: null });
  }
  return items;
}

/** What was written for it, or the template's words where nothing was stored. */
async function explanationOf(context: DigestContext, priority: Priority): Promise<Explanation> {
  const stored = await context.stores.priorities.findExplanation(priority.date, priority);
  return stored ?? explainWithTemplate(priority, buildFacts(priority, context));
}

/** What a team without baselines can still use; null when the day had all its baselines. */
async function findColdStart({ stores }: DigestContext, day: JudgedDay): Promise<ColdStart | null> {
  const span = await stores.rollups.dateSpan();
  const young = !span || addDays(span.first, COLD_START_DAYS - 1) > day.date;
  if (day.summary.baselines_ready_on === null && !young) return null;
  const window = windowEndingOn(day.date, COLD_START_DAYS);
  const range = { start: span && span.first > window.start ? span.first : window.start, end: window.end };
  const details = [];
  for (let date = range.start; date < range.end; date = addDays(date, 1)) {
    details.push(...(await stores.rollups.readSurfaceDetails(date)));
  }
  return summariseColdStart({
    date: day.date,
    range,
    readyOn: day.summary.baselines_ready_on,
    signatures: await stores.rollups.readSignatureDays(range),
    details,
  });
}
