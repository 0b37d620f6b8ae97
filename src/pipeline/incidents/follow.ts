/** Turns what the hourly judge found into incidents. */
import type { HourlyFinding } from '../../core/detect/hours/hourly-finding.ts';
import { type Hour, listHours } from '../../core/hours.ts';
import type { IncidentChange } from '../../core/incident/change.ts';
import { followHours, REMEMBERED_DAYS } from '../../core/incident/follow-hours.ts';
import type { FollowedHour } from '../../core/incident/followed-hour.ts';
import { isLive } from '../../core/incident/incident.ts';
import type { PageHour } from '../../core/incident/page-hour.ts';
import { hourlyMaintenance } from '../../core/maintenance.ts';
import { readMaintenance } from '../read-maintenance.ts';
import { beatIncidents } from './beat.ts';
import type { IncidentContext } from './context.ts';
import { reviewRules } from './rules.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Hours before that are history to whoever has just installed it. */
const FIRST_HOURS = 6;
/** People may change an incident while its hour is followed; it is followed again then. */
const TRIES = 5;

interface FollowReport {
  /** Epoch milliseconds, excluded; null where nothing is judged yet. */
  until: number | null;
  opened: number;
  /** Of those there were before. */
  changed: number;
}

/**
 * The hourly tick: follows every hour that was judged and not followed before, exactly once, then decides what is posted
 * where. Broken off anywhere it is taken up again by the next one or by `beatIncidents`.
 */
export async function followIncidents(context: IncidentContext): Promise<FollowReport> {
  const { stores, clock, log } = context;
  const judgedUntil = await stores.hourlyFindings.judgedUntil();
  const report: FollowReport = { until: judgedUntil ?? null, opened: 0, changed: 0 };
  if (judgedUntil !== undefined) {
    let before = await stores.incidents.followedUntil();
    for (let tries = TRIES; tries > 0 && (before ?? 0) < judgedUntil; ) {
      const start = before ?? judgedUntil - FIRST_HOURS * HOUR;
      const end = Math.min(judgedUntil, start + DAY);
      const changes = await changesOf(context, { start, end });
      if (await stores.incidents.follow({ before, until: end, changes })) {
        report.opened += changes.filter(({ from }) => from === null).length;
        report.changed += changes.filter(({ from }) => from !== null).length;
        tries = TRIES;
      } else tries -= 1;
      before = await stores.incidents.followedUntil();
    }
    if ((before ?? 0) < judgedUntil) log.warn({ until: before }, 'hours not followed yet: incidents kept changing');
  }
  await reviewRules(context, clock());
  await beatIncidents(context, clock());
  log.info({ ...report, until: report.until && new Date(report.until).toISOString() }, 'incidents followed');
  return report;
}

async function changesOf(context: IncidentContext, range: Hour): Promise<IncidentChange[]> {
  const { stores, sensitivity, clock, newId } = context;
  const at = clock();
  const findings = await stores.hourlyFindings.list(range, sensitivity);
  const live = await stores.incidents.listLive();
  if (findings.length === 0 && live.length === 0) return [];
  const ended = await stores.incidents.listEnded({ start: range.start - REMEMBERED_DAYS * DAY, end: at + 1 });
  const hours = await readHours(context, range, findings);
  return withReach(context, followHours({ live, ended, hours, at, newId }), range.end);
}

async function readHours(
  { stores, timezone }: IncidentContext,
  range: Hour,
  findings: readonly HourlyFinding[],
): Promise<FollowedHour[]> {
  const surfaces = [...new Set(findings.map(({ surface }) => surface))];
  const rows = await stores.hours.readPageHours(range, surfaces);
  const releases = rows.flatMap(({ surface, release }) => (release ? [{ surface, release: release.name }] : []));
  const seen = await stores.hours.readFirstSeen(releases, range.end);
  const firstSeen = new Map(seen.map(({ surface, release, at }) => [keyOf(surface, release), at]));
  const pages = new Map(
    rows.map(({ hour, surface, release, ...page }): [string, PageHour] => [
      keyOf(surface, hour),
      { ...page, release: release && { ...release, firstSeen: firstSeen.get(keyOf(surface, release.name)) ?? null } },
    ]),
  );
  const { hours, hasData } = await stores.hours.readSurfaceHours(range);
  const withData = new Set(hours.filter((_, slot) => hasData[slot] === 1).map(({ start }) => start));
  const maintenance = hourlyMaintenance(await readMaintenance(stores, range, timezone));
  const found = new Map<number, HourlyFinding[]>();
  for (const finding of findings) found.set(finding.hour, [...(found.get(finding.hour) ?? []), finding]);
  return listHours(range, timezone).map((hour) => ({
    ...hour,
    findings: found.get(hour.start) ?? [],
    isJudged: (surface) => withData.has(hour.start) && !maintenance.covers(surface, hour),
    page: (surface) => pages.get(keyOf(surface, hour.start)),
  }));
}

/** Whom it has hit so far. Nobody at all is nobody known: faults may come without saying whose they are. */
async function withReach(
  { stores }: IncidentContext,
  changes: readonly IncidentChange[],
  until: number,
): Promise<IncidentChange[]> {
  const told: IncidentChange[] = [];
  for (const change of changes) {
    const { incident } = change;
    const hit = incident.members.filter(({ metric }) => metric !== 'traffic');
    if (!isLive(incident) || hit.length === 0) {
      told.push(change);
      continue;
    }
    const { accounts, users } = await stores.hours.readHit(
      { start: incident.since, end: until },
      hit.map(({ surface }) => surface),
    );
    const picture = { ...incident.picture, accounts: accounts || null, users: users || null };
    told.push({ ...change, incident: { ...incident, picture } });
  }
  return told;
}

const keyOf = (surface: string, what: string | number): string => `${what} ${surface}`;
