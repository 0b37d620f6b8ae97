import { dayFigure } from '../core/delivery/day-figure.ts';
import type { DoneAction, HeldAlert } from '../core/delivery/digest-model.ts';
import { createMuteFinder } from '../core/delivery/mute.ts';
import type { Subscription } from '../core/delivery/subscription.ts';
import { type EffectWords, effectWords } from '../core/effect/effect-words.ts';
import { BOT, type Proposal } from '../core/proposal/proposal.ts';
import type { EntityRef } from '../core/records.ts';
import { addDays } from '../core/window.ts';
import type { DigestReader } from './digest.ts';
import type { Stores } from './ports.ts';
import type { PostedDigest } from './subscriptions.ts';

const DAY_MS = 86_400_000;
/** How far back the last incident is worth a word. */
const REMEMBERED_MS = 60 * DAY_MS;

type ReaderStores = Pick<
  Stores,
  'mutes' | 'digests' | 'alerts' | 'incidents' | 'proposals' | 'effects' | 'priorities' | 'rollups'
>;

/**
 * What a digest has to know of whom it is for: what the channel muted, was told before, and was spared since.
 * @param due when the digest is due (epoch ms) and the judged day it is about.
 */
export async function readDigestReader(
  stores: ReaderStores,
  subscription: Pick<Subscription, 'id' | 'channel' | 'surfaces' | 'severity'>,
  due: { at: number; date: string },
): Promise<DigestReader> {
  const before = await stores.digests.latestBefore(subscription.id, due.at);
  const since = digestSince(before, due.at);
  const [mutes, heldAlerts, done, [last]] = await Promise.all([
    stores.mutes.list(due.at),
    readHeldAlerts(stores, subscription.channel, since),
    readDone(stores, { start: since, end: due.at }, due.date),
    stores.incidents.listEnded({ start: due.at - REMEMBERED_MS, end: due.at }),
  ]);
  const lastIncident = last?.endedAt == null ? null : { surface: last.lead.surface, endedAt: last.endedAt };
  const findMute = createMuteFinder(mutes, due.at);
  return { subscription, findMute, before: before?.told, heldAlerts, done, lastIncident };
}

/** Since when a digest of an instant says what happened: since the one before, or for a day. Epoch milliseconds. */
export const digestSince = (before: Pick<PostedDigest, 'dueAt'> | undefined, at: number): number =>
  before?.dueAt ?? at - DAY_MS;

async function readHeldAlerts(
  { alerts, incidents }: ReaderStores,
  channel: string,
  since: number,
): Promise<HeldAlert[]> {
  const held: HeldAlert[] = [];
  for (const { incidentId, held: reason } of await alerts.listInChannel(channel, since)) {
    if (reason !== 'budget' && reason !== 'rule_demoted') continue;
    const incident = await incidents.find(incidentId);
    if (incident)
      held.push({ surface: incident.lead.surface, severity: incident.severity, number: incident.number, reason });
  }
  return held;
}

/**
 * What was carried out, with its page's figure on the day it was proposed for and on the judged day, and what was done
 * earlier and looked at since: whether it helped.
 */
async function readDone(
  stores: ReaderStores,
  range: { start: number; end: number },
  date: string,
): Promise<DoneAction[]> {
  const done = await stores.proposals.listDone(range);
  const looked = await readChecked(stores, range);
  const earlier = looked.filter(({ id }) => done.every((one) => one.id !== id));
  return Promise.all([
    ...earlier.map((proposal) => doneAction(stores, proposal, date)),
    ...done.map((proposal) => doneAction(stores, proposal, date)),
  ]);
}

/** Proposals whose effect was looked at within a range of epoch milliseconds, oldest first. */
export async function readChecked(
  { effects, proposals }: Pick<Stores, 'effects' | 'proposals'>,
  range: { start: number; end: number },
): Promise<Proposal[]> {
  const checks = await effects.listChecked(range);
  const found = await Promise.all(checks.map(({ proposalId }) => proposals.find(proposalId)));
  return found.filter((proposal) => proposal !== undefined);
}

/** Null before it was looked at. */
export const effectOf = ({ effect }: Proposal): EffectWords | null =>
  effect?.result == null ? null : effectWords(effect.expectation, effect.result);

async function doneAction(stores: ReaderStores, proposal: Proposal, date: string): Promise<DoneAction> {
  const { action, subject, decidedBy, effect } = proposal;
  const common = {
    title: action.title,
    by: decidedBy ?? BOT,
    effect: effectOf(proposal),
    effectDue: effect !== null && effect.checkedAt === null ? effect.dueAt : null,
  };
  if (subject.kind === 'incident')
    return { ...common, entity_key: subject.surface, metric: '', before: null, after: null };
  return { ...common, entity_key: subject.entity_key, ...(await figuresOf(stores, subject, date)) };
}

async function figuresOf(
  { priorities, rollups }: ReaderStores,
  { date: proposedFor, entity_type, entity_key }: EntityRef & { date: string },
  date: string,
): Promise<Pick<DoneAction, 'metric' | 'before' | 'after'>> {
  const told = (await priorities.listPriorities(proposedFor)).find(
    (priority) => priority.entity_type === entity_type && priority.entity_key === entity_key,
  );
  const metric = told?.pattern_record.findings[0]?.metric ?? '';
  const figureOn = async (day: string): Promise<string | null> => {
    if (entity_type !== 'surface' || day > date) return null;
    const rows = await rollups.readSurfaceDays({ start: day, end: addDays(day, 1) });
    const row = rows.find(({ surface }) => surface === entity_key);
    return row ? dayFigure(metric, row) : null;
  };
  // The same day twice compares nothing: what was done this morning shows in tomorrow's figure.
  const after = proposedFor < date ? await figureOn(date) : null;
  return { metric, before: await figureOn(proposedFor), after };
}
