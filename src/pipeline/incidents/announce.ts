/** Decides where live incidents are posted. */
import { BUDGET_DAYS, isFinal, whyHeldInChannel } from '../../core/incident/alert-policy.ts';
import type { Incident } from '../../core/incident/incident.ts';
import { isWorse } from '../../core/incident/severity.ts';
import type { AlertDecision } from '../incidents.ts';
import { readChannels } from './channels.ts';
import type { IncidentContext } from './context.ts';
import { readDemoted } from './rules.ts';

const DAY = 86_400_000;

/**
 * Decides on every live incident in every channel that asked for alerts, and again on what was held: what quiet hours, a
 * snooze or a mute held is posted when they are over. Worse ones first, so that a budget goes to them. A channel that may
 * not be posted to by now is paused instead.
 * @param at epoch milliseconds.
 */
export async function announceIncidents({ stores, mayPost, log }: IncidentContext, at: number): Promise<void> {
  const live = (await stores.incidents.listLive()).sort(byWorth);
  if (live.length === 0) return;
  const channels = await readChannels(stores);
  if (channels.size === 0) return;
  const before = new Map(
    (await stores.alerts.listOnLive()).map((each) => [keyOf(each.incidentId, each.channel), each]),
  );
  const common = { mutes: await stores.mutes.list(at), demoted: await readDemoted(stores.settings), at };
  for (const [channel, subscriptions] of channels) {
    let postedThisWeek: number | undefined;
    let isAllowed: boolean | undefined;
    for (const incident of live) {
      const decided = before.get(keyOf(incident.id, channel));
      if (decided && !(await isOpenToChange(stores, decided, incident))) continue;
      postedThisWeek ??= await countPosted(stores, channel, at);
      let held = whyHeldInChannel(incident, subscriptions, { ...common, postedThisWeek });
      // Asked of Slack only where it matters.
      if (held === null) isAllowed ??= await mayPost(channel);
      if (isAllowed === false) held = 'paused';
      if (decided && decided.held === held && !isFinal(held ?? 'paused')) continue;
      await stores.alerts.put({ incidentId: incident.id, channel, at, revision: incident.revision, held });
      if (held === null) postedThisWeek += 1;
      else log.info({ incident: incident.number, channel, held }, 'alert held');
    }
  }
}

type AnnounceStores = IncidentContext['stores'];

/** What a spent budget or a demoted rule held stays with the digest until it gets worse. */
async function isOpenToChange(
  { incidents }: AnnounceStores,
  decided: AlertDecision,
  incident: Incident,
): Promise<boolean> {
  if (decided.held === null) return false;
  if (!isFinal(decided.held)) return true;
  if (incident.revision <= decided.revision) return false;
  const entries = await incidents.listEntries(incident.id);
  return entries.some(({ at, kind }) => at > decided.at && (kind === 'escalated' || kind === 'reopened'));
}

async function countPosted({ alerts }: AnnounceStores, channel: string, at: number): Promise<number> {
  const decisions = await alerts.listInChannel(channel, at - BUDGET_DAYS * DAY);
  return decisions.filter(({ held }) => held === null).length;
}

const byWorth = (a: Incident, b: Incident): number =>
  a.severity === b.severity ? a.openedAt - b.openedAt || a.number - b.number : isWorse(a.severity, b.severity) ? -1 : 1;

const keyOf = (incidentId: string, channel: string): string => `${incidentId} ${channel}`;
