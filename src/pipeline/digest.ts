import { summariseColdStart } from '../core/delivery/cold-start.ts';
import { compareTold } from '../core/delivery/compare-told.ts';
import {
  type ColdStart,
  DIGEST_IMPROVEMENTS,
  DIGEST_ITEMS,
  type DigestItem,
  type DigestModel,
  type DoneAction,
  type HeldAlert,
} from '../core/delivery/digest-model.ts';
import { findSilentSources } from '../core/delivery/freshness.ts';
import { holdBack } from '../core/delivery/hold-back.ts';
import type { MuteFinder } from '../core/delivery/mute.ts';
import type { Subscription } from '../core/delivery/subscription.ts';
import { type Told, toldOf } from '../core/delivery/told.ts';
import { explainWithTemplate } from '../core/explain/template.ts';
import { buildFacts } from '../core/facts/ledger.ts';
import { PROPOSAL_LIFE_MS } from '../core/proposal/apply-command.ts';
import { BOT, type ProposalSubject, subjectKey } from '../core/proposal/proposal.ts';
import type { Explanation, Priority } from '../core/records.ts';
import { addDays, dateInZone, windowEndingOn } from '../core/window.ts';
import { SeepassError } from '../errors.ts';
import { proposalKey } from './acting/proposal-key.ts';
import type { Clock, JudgedDay, Stores } from './ports.ts';
import { readSourceStates } from './source-states.ts';

const COLD_START_DAYS = 14;

export interface DigestContext {
  stores: Stores;
  /** IANA zone. */
  timezone: string;
  /** ISO 4217. */
  currency: string;
  clock: Clock;
}

/** Whose digest it is: what the channel wants to hear of, and what it was told before. */
export interface DigestReader {
  subscription: Pick<Subscription, 'surfaces' | 'severity'>;
  /** In force when the digest was due. */
  findMute: MuteFinder;
  /** The digest before; undefined for the first. */
  before: Told | undefined;
  heldAlerts: readonly HeldAlert[];
  done: readonly DoneAction[];
  lastIncident: DigestModel['lastIncident'];
}

/**
 * Everything the digest of a judged day says, from the stores alone: calling it later gives the same digest
 * with the decisions made since. Makes the proposals that its buttons decide on.
 * @param reader left out for a list that somebody asks for: everything, compared with nothing.
 * @throws SeepassError `not_found` when that day was never judged.
 */
export async function buildDigest(context: DigestContext, date: string, reader?: DigestReader): Promise<DigestModel> {
  const { stores, timezone, currency } = context;
  const day = await stores.priorities.findDay(date);
  if (!day) {
    throw new SeepassError('not_found', `${date} was not judged.`, { fix: `Run \`seepass run --date ${date}\`.` });
  }
  const all = await stores.priorities.listPriorities(date);
  const { told: priorities, held } = reader
    ? holdBack(all, reader.subscription, reader.findMute)
    : { told: all, held: [] };
  const changes = reader ? compareTold(reader.before, toldOf(date, priorities, context)) : null;
  const items = await buildItems(context, priorities.slice(0, DIGEST_ITEMS), day.as_of);
  const coldStart = all.length === 0 ? await findColdStart(context, day) : null;
  const newToday = priorities.filter((priority) => priority.pattern_record.days <= 1).length;
  const sources = await readSourceStates(stores, day.as_of, timezone);
  return {
    kind: priorities.length > 0 ? 'ranked' : kindOf(day, coldStart),
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
    changes,
    held: {
      snoozed: held.flatMap(({ priority: { entity_key }, reason, until }) =>
        reason === 'snoozed' && until !== null ? [{ entity_key, until }] : [],
      ),
      ignored: held.filter(({ reason }) => reason === 'ignored').map(({ priority }) => priority.entity_key),
      belowSeverity: held.filter(({ reason }) => reason === 'below_severity').length,
    },
    heldAlerts: [...(reader?.heldAlerts ?? [])],
    done: [...(reader?.done ?? [])],
    lastIncident: reader?.lastIncident ?? null,
    improvements: day.summary.improvements.slice(0, DIGEST_IMPROVEMENTS),
    sources: findSilentSources(sources, day.summary.gap_sources),
    beyondCap: (await stores.surfaces.countOther({ start: date, end: addDays(date, 1) })).other,
    items,
    coldStart,
  };
}

function kindOf({ surfaces, summary }: JudgedDay, coldStart: ColdStart | null): DigestModel['kind'] {
  if (surfaces === 0) return summary.under_maintenance > 0 ? 'maintenance' : 'no_data';
  return coldStart ? 'cold_start' : 'quiet';
}

/** The given priorities with what a person reads of each and the proposal to decide on, in the same order. */
export async function buildItems(
  context: DigestContext,
  priorities: readonly Priority[],
  asOf: number,
): Promise<DigestItem[]> {
  const { proposals, stops } = context.stores;
  const stop = (await stops.get()) ?? null;
  const made = (await proposals.listOf(priorities.map(subjectOf))).filter(({ proposedBy }) => proposedBy === BOT);
  const items: DigestItem[] = [];
  for (const priority of priorities) {
    const explanation = await explanationOf(context, priority);
    const subject = subjectOf(priority);
    const known = made.find((one) => subjectKey(one.subject) === subjectKey(subject));
    const { action, likely_reason: why } = explanation;
    const suggested = { key: proposalKey(subject, action, BOT), subject, proposedBy: BOT, action, why };
    const proposal =
      known ??
      (await proposals.ensure({ ...suggested, expectation: null, expiresAt: asOf + PROPOSAL_LIFE_MS }, 'system'));
    items.push({ priority, explanation, proposal, stop });
  }
  return items;
}

const subjectOf = ({ date, entity_type, entity_key }: Priority): ProposalSubject => ({
  kind: 'priority',
  ...{ date, entity_type, entity_key },
});

/** The given priorities with what a person reads of each, for lists that decide nothing: nothing is written. */
export async function readItems(context: DigestContext, priorities: readonly Priority[]): Promise<DigestItem[]> {
  const items: DigestItem[] = [];
  for (const priority of priorities) {
    items.push({ priority, explanation: await explanationOf(context, priority), proposal: null, stop: null });
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
