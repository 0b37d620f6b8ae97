import { dayFigure } from '../core/delivery/day-figure.ts';
import type { DoneAction, HeldAlert } from '../core/delivery/digest-model.ts';
import { createMuteFinder } from '../core/delivery/mute.ts';
import type { Subscription } from '../core/delivery/subscription.ts';
import { addDays } from '../core/window.ts';
import type { DigestReader } from './digest.ts';
import type { Stores } from './ports.ts';
import type { PostedDigest } from './subscriptions.ts';

const DAY_MS = 86_400_000;
/** How far back the last incident is worth a word. */
const REMEMBERED_MS = 60 * DAY_MS;

type ReaderStores = Pick<Stores, 'mutes' | 'digests' | 'alerts' | 'incidents' | 'proposals' | 'priorities' | 'rollups'>;

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

/** What was approved and carried out, with its page's figure on the day it was proposed for and on the judged day. */
async function readDone(
  { proposals, priorities, rollups }: ReaderStores,
  range: { start: number; end: number },
  date: string,
): Promise<DoneAction[]> {
  const done: DoneAction[] = [];
  for (const { action, subject, decidedBy } of await proposals.listDone(range)) {
    const by = decidedBy ?? 'system';
    if (subject.kind === 'incident') {
      done.push({ title: action.title, entity_key: subject.surface, by, metric: '', before: null, after: null });
      continue;
    }
    const { date: proposedFor, entity_type, entity_key } = subject;
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
    done.push({ title: action.title, entity_key, by, metric, before: await figureOn(proposedFor), after });
  }
  return done;
}
