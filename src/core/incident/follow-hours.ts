/**
 * Follows what the hourly judge found: opens incidents, adds to them, and ends them when all of it is normal again.
 * An episode belongs to one live incident at most, whatever people and the clock do in between.
 */
import type { HourlyFinding } from '../detect/hours/hourly-finding.ts';
import type { IncidentChange } from './change.ts';
import type { FollowedHour } from './followed-hour.ts';
import { FollowedIncidents } from './followed-incidents.ts';
import { causeOf, groupOnsets, type OnsetGroup, STORM, sharedBy } from './group-onsets.ts';
import type { Incident } from './incident.ts';
import type { PageHour } from './page-hour.ts';

const HOUR = 3_600_000;
/** What leaves normal again this soon after it was resolved is the same incident. */
const REOPENS_WITHIN = 24 * HOUR;
/** Pages that fail for the same reason this soon after an incident was opened are part of it. */
const JOINS_WITHIN = 6 * HOUR;
/** How far back ended incidents have to be given: longer than an episode lasts until it is taken for normal. */
export const REMEMBERED_DAYS = 14;

interface Followed {
  live: readonly Incident[];
  /** That ended within the last `REMEMBERED_DAYS`. */
  ended: readonly Incident[];
  /** Judged and not followed yet, oldest first. */
  hours: readonly FollowedHour[];
  /** When this is noticed, epoch milliseconds. */
  at: number;
  newId: () => string;
}

/** At most one change an incident, however many hours there are. */
export function followHours({ live, ended, hours, at, newId }: Followed): IncidentChange[] {
  const incidents = new FollowedIncidents([...live, ...ended], at, newId);
  for (const hour of hours) followHour(incidents, hour);
  return incidents.changes();
}

function followHour(incidents: FollowedIncidents, hour: FollowedHour): void {
  incidents.beginHour(hour);
  const onsets: HourlyFinding[] = [];
  for (const finding of hour.findings) {
    const holder = incidents.holderOf(finding);
    if (finding.state === 'recovered') {
      if (holder) incidents.recover(holder, finding);
    } else if (holder) incidents.strike(holder, [finding]);
    else if (finding.state === 'onset' || !isDealtWith(incidents, finding)) onsets.push(finding);
  }
  placeOnsets(incidents, hour, onsets);
  incidents.endHour();
}

/** People said what there is to say of an episode: it is told again only where it goes on after it was resolved. */
function isDealtWith(incidents: FollowedIncidents, finding: HourlyFinding): boolean {
  const before = incidents.lastOf(finding, finding.since);
  if (before === undefined) return false;
  return before.state === 'closed' || (before.endedBy !== 'system' && finding.hour < (before.endedAt ?? 0));
}

function placeOnsets(incidents: FollowedIncidents, hour: FollowedHour, onsets: readonly HourlyFinding[]): void {
  const opening: OnsetGroup[] = [];
  for (const group of groupOnsets(onsets, hour.page)) {
    const own = group.findings.map((finding) => incidents.ofPage(finding.surface) ?? reopenable(incidents, finding));
    const shared = own.find((id) => id !== undefined) ?? sameCause(incidents, group, hour);
    if (shared === undefined) opening.push(group);
    else
      group.findings.forEach((finding, index) => {
        // Looked up anew: the finding before it may have brought the page into another incident.
        const holder = incidents.holderOf(finding) ?? incidents.ofPage(finding.surface);
        incidents.strike(holder ?? own[index] ?? shared, [finding]);
      });
  }
  const left = opening.map((group) => withoutHeld(incidents, group)).filter(({ findings }) => findings.length > 0);
  const storm = left.length > STORM ? asOne(left, hour) : undefined;
  const running = storm && incidents.find((incident) => isStorm(incident) && isRecent(incident, hour));
  if (storm && running) incidents.strike(running, storm.findings);
  else for (const group of storm ? [storm] : left) incidents.open(group);
}

/** What a reopened incident brought with it is told there. */
function withoutHeld(incidents: FollowedIncidents, { findings, cause }: OnsetGroup): OnsetGroup {
  const free = findings.filter((finding) => {
    const holder = incidents.holderOf(finding);
    if (holder !== undefined) incidents.strike(holder, [finding]);
    return holder === undefined;
  });
  return { findings: free, cause };
}

function asOne(groups: readonly OnsetGroup[], hour: FollowedHour): OnsetGroup {
  const findings = groups.flatMap((group) => group.findings);
  return { findings, cause: causeOf(findings, hour.page) };
}

function reopenable(incidents: FollowedIncidents, finding: HourlyFinding): string | undefined {
  const before = incidents.lastOf(finding);
  if (before?.state !== 'resolved' || before.endedAt === null) return undefined;
  return finding.hour - before.endedAt <= REOPENS_WITHIN ? before.id : undefined;
}

function sameCause(incidents: FollowedIncidents, { findings }: OnsetGroup, hour: FollowedHour): string | undefined {
  const causes = findings.flatMap((finding) => sharedBy(finding, hour.page));
  if (causes.length === 0) return undefined;
  return incidents.find(
    (incident) =>
      isRecent(incident, hour) &&
      causes.some(
        ({ by, value }) =>
          (incident.picture.cause?.by === by && incident.picture.cause.value === value) ||
          sharedBy({ ...incident.lead, hour: hour.start }, () => leaderOf(incident)).some(
            (own) => own.by === by && own.value === value,
          ),
      ),
  );
}

/** As far as grouping looks at it. */
function leaderOf({ picture: { signature, release } }: Incident): Pick<PageHour, 'signature' | 'release'> {
  return { signature, release };
}

const isRecent = ({ openedAt }: Incident, { end }: FollowedHour): boolean => end - openedAt <= JOINS_WITHIN;

const isStorm = ({ members }: Incident): boolean => members.length > STORM;
