/** Reads what the App Home of a person shows: every read at once, none of them heavy. */
import type { SourceState } from '../core/delivery/freshness.ts';
import { type Checklist, checklistOf } from '../core/delivery/home-checklist.ts';
import {
  HOME_ITEMS,
  type HomeModel,
  type HomeSource,
  isDirect,
  orderIncidents,
  REPORT_DAYS,
  type ReportCard,
  visibleSubscriptions,
} from '../core/delivery/home-model.ts';
import { type HomeWeek, summariseWeek } from '../core/delivery/home-week.ts';
import type { Subscription } from '../core/delivery/subscription.ts';
import { effectiveRoles, type RolePolicy } from '../core/policy/roles.ts';
import type { Sensitivity } from '../core/records.ts';
import { dateInZone, weekEndingOn, windowEndingOn } from '../core/window.ts';
import { readWaiting } from './acting/waiting.ts';
import { type ApprovalDesk, type ApprovalDeskContext, createApprovalDesk } from './approval-desk.ts';
import type { Clock, JudgedDay, SourceFreshness, Stores } from './ports.ts';
import type { ProposalDesk } from './proposal-desk.ts';
import { readSourceStates } from './source-states.ts';
import { createSettingsDesk, type SettingsDesk } from './workspace-settings.ts';

export interface HomeContext {
  stores: Pick<
    Stores,
    | 'alerts'
    | 'digests'
    | 'drills'
    | 'freshness'
    | 'incidents'
    | 'labels'
    | 'mutes'
    | 'priorities'
    | 'proposals'
    | 'roles'
    | 'rollups'
    | 'stops'
    | 'subscriptions'
  >;
  /** Where proposals are looked at. */
  proposals: Pick<ProposalDesk, 'view'>;
  policy: RolePolicy;
  /** Whether a model words answers. */
  hasModel: boolean;
  clock: Clock;
  /** IANA zone. */
  timezone: string;
  /** ISO 4217. */
  currency: string;
}

/** Whether the app is in a channel; null where nobody can tell. Asked only until the first digest was written. */
export type MembershipCheck = (channel: string) => Promise<boolean | null>;

/** Channels that are looked at for the checklist. */
const CHANNELS_CHECKED = 3;
const DAY_MS = 86_400_000;

/** The App Home, for whatever shows it. */
export interface HomeDesk {
  /** @param viewer Slack user id of whoever opened it. */
  read(viewer: string, isMember: MembershipCheck): Promise<HomeModel>;
  settings: SettingsDesk;
  approvals: ApprovalDesk;
  /** How readily people are told, as the environment says. */
  sensitivity: Sensitivity;
}

export function createHomeDesk(context: HomeContext & ApprovalDeskContext & { sensitivity: Sensitivity }): HomeDesk {
  return {
    read: (viewer, isMember) => readHome(context, viewer, isMember),
    settings: createSettingsDesk(context),
    approvals: createApprovalDesk(context),
    sensitivity: context.sensitivity,
  };
}

/** @param viewer Slack user id of whoever opened it. */
export async function readHome(context: HomeContext, viewer: string, isMember: MembershipCheck): Promise<HomeModel> {
  const { stores, policy, clock, timezone, currency } = context;
  const now = clock();
  const [incidents, mutes, subscriptions, freshness, granted, namedAdmins, day, report] = await Promise.all([
    stores.incidents.listLive(),
    stores.mutes.list(now),
    stores.subscriptions.list(),
    stores.freshness.list(),
    stores.roles.rolesOf(viewer),
    stores.roles.list('admin'),
    stores.priorities.latestDay(),
    readReport(context, now),
  ]);
  const isAdmin = effectiveRoles(viewer, granted, policy).includes('admin');
  const admins = [...new Set([...policy.admins, ...namedAdmins])];
  const { proposals: desk } = context;
  const [latest, week, checklist, waiting, stop] = await Promise.all([
    readLatest(stores, day),
    readWeek(stores, day),
    readChecklist(context, { freshness, subscriptions, hasAdmins: admins.length > 0 }, isMember),
    readWaiting({ stores, desk, clock }, viewer),
    stores.stops.get(),
  ]);
  return {
    viewer,
    isAdmin,
    admins,
    now,
    timezone,
    currency,
    stop: stop ?? null,
    waiting,
    incidents: orderIncidents(incidents, viewer),
    latest,
    week,
    subscriptions: visibleSubscriptions(subscriptions, { viewer, isAdmin }),
    mutes,
    sources: sourcesOf(await readSourceStates(stores, now, timezone)),
    report,
    checklist,
  };
}

function sourcesOf(states: readonly SourceState[]): HomeSource[] {
  return states.map(({ source, last_event_at, silent, hours }) => ({
    source,
    lastEventAt: last_event_at,
    silentHours: silent ? hours : null,
  }));
}

async function readLatest(
  { priorities }: HomeContext['stores'],
  day: JudgedDay | undefined,
): Promise<HomeModel['latest']> {
  if (day === undefined) return null;
  const first = await priorities.listPriorities(day.date, HOME_ITEMS);
  return { date: day.date, surfaces: day.surfaces, total: day.priorities, priorities: first };
}

async function readWeek({ priorities }: HomeContext['stores'], day: JudgedDay | undefined): Promise<HomeWeek | null> {
  if (day === undefined) return null;
  const range = weekEndingOn(day.date);
  const [days, outlines] = await Promise.all([priorities.listDays(range), priorities.listOutlines(range)]);
  return summariseWeek(
    days.map(({ date, summary }) => ({ date, gapSources: summary.gap_sources })),
    outlines,
  );
}

async function readReport({ stores, timezone }: HomeContext, now: number): Promise<ReportCard> {
  const since = now - REPORT_DAYS * DAY_MS;
  const [alerts, judged, labels, drill] = await Promise.all([
    stores.alerts.countPosted(since),
    stores.incidents.countJudged(since),
    stores.labels.list(windowEndingOn(dateInZone(now, timezone), REPORT_DAYS)),
    stores.drills.latest(),
  ]);
  return {
    alerts,
    useful: judged.reduce((sum, { useful }) => sum + useful, 0),
    notIncidents: judged.reduce((sum, rule) => sum + rule.false, 0),
    missed: labels.filter(({ kind }) => kind === 'missed').length,
    drill: drill ?? null,
  };
}

async function readChecklist(
  { stores, hasModel }: HomeContext,
  known: { freshness: readonly SourceFreshness[]; subscriptions: readonly Subscription[]; hasAdmins: boolean },
  isMember: MembershipCheck,
): Promise<Checklist> {
  const [hasDigest, span] = await Promise.all([
    stores.digests.hasAny(),
    // Daily figures that were imported count too, and have no events.
    known.freshness.length > 0 ? null : stores.rollups.dateSpan(),
  ]);
  return checklistOf({
    hasEvents: known.freshness.length > 0 || span !== null,
    channels: await readChannels(known.subscriptions, hasDigest, isMember),
    hasDigest,
    hasAdmins: known.hasAdmins,
    hasModel,
  });
}

/** A channel that a digest went to was joined; one whose subscriptions are paused was left. */
async function readChannels(
  subscriptions: readonly Subscription[],
  hasDigest: boolean,
  isMember: MembershipCheck,
): Promise<{ isMember: boolean | null }[]> {
  const isRunning = new Map<string, boolean>();
  for (const { channel, paused } of subscriptions)
    isRunning.set(channel, (isRunning.get(channel) ?? false) || paused === null);
  return Promise.all(
    [...isRunning].slice(0, CHANNELS_CHECKED).map(async ([channel, runs]) => ({
      isMember: runs && (hasDigest || isDirect(channel) || (await isMember(channel))),
    })),
  );
}
