/** Incidents while hours are followed: which of them tells of which page and metric. */
import type { HourlyFinding } from '../detect/hours/hourly-finding.ts';
import { type IncidentChange, memberKey } from './change.ts';
import { byWorth, severityOfFinding } from './finding-severity.ts';
import type { FollowedHour } from './followed-hour.ts';
import { FollowedIncident } from './followed-incident.ts';
import type { OnsetGroup } from './group-onsets.ts';
import { type Incident, type IncidentMember, isLive } from './incident.ts';
import { leadOf, memberOf } from './member.ts';
import type { PageHour } from './page-hour.ts';
import { firstPicture } from './picture.ts';

/** What is noticed this long after its hour is caught up on, and happened when the hour ended. */
const CATCHES_UP_AFTER = 2 * 3_600_000;

export class FollowedIncidents {
  readonly #followed = new Map<string, FollowedIncident>();
  readonly #noticedAt: number;
  readonly #newId: () => string;
  #at: number;
  #hour: FollowedHour | undefined;
  /** Of live incidents. */
  #holders = new Map<string, string>();
  #pages = new Map<string, string>();

  constructor(incidents: readonly Incident[], at: number, newId: () => string) {
    this.#noticedAt = at;
    this.#at = at;
    this.#newId = newId;
    for (const incident of incidents) this.#followed.set(incident.id, new FollowedIncident(incident, incident, at));
    this.#lookAgain();
  }

  beginHour(hour: FollowedHour): void {
    this.#hour = hour;
    this.#at = this.#noticedAt - hour.end > CATCHES_UP_AFTER ? hour.end : this.#noticedAt;
    for (const one of this.#followed.values()) one.beginHour(this.#at);
  }

  /** The live incident that tells of the finding's page and metric. */
  holderOf(finding: HourlyFinding): string | undefined {
    return this.#holders.get(memberKey(finding));
  }

  /** The live incident that tells of the page. */
  ofPage(surface: string): string | undefined {
    return this.#pages.get(surface);
  }

  /** The first live one that is so. */
  find(isSo: (incident: Incident) => boolean): string | undefined {
    for (const { now } of this.#followed.values()) if (isLive(now) && isSo(now)) return now.id;
    return undefined;
  }

  /** The one that told of the page and metric and ended last. @param since of that episode alone. */
  lastOf(finding: HourlyFinding, since?: number): Incident | undefined {
    const key = memberKey(finding);
    let last: Incident | undefined;
    for (const { now } of this.#followed.values()) {
      if (now.endedAt === null || (last?.endedAt ?? Number.NEGATIVE_INFINITY) > now.endedAt) continue;
      const isIts = (member: IncidentMember) =>
        memberKey(member) === key && (since === undefined || member.since === since);
      if (now.members.some(isIts)) last = now;
    }
    return last;
  }

  recover(id: string, finding: HourlyFinding): void {
    this.#get(id).recover(finding);
  }

  /** Takes hours outside normal into an incident: a member's, or those of pages that join it; what ended is reopened. */
  strike(id: string, findings: readonly HourlyFinding[]): void {
    const one = this.#get(id);
    const wasLive = isLive(one.now);
    const isHeld = (member: IncidentMember): boolean => this.#holders.has(memberKey(member));
    for (const finding of findings) one.strike(finding, this.#page(finding.surface), isHeld);
    // What is reopened brings its other pages back with it.
    for (const member of wasLive ? findings : one.now.members) this.#hold(id, member);
  }

  open({ findings, cause }: OnsetGroup): void {
    const [leader, ...others] = byWorth(findings, this.#page);
    if (leader === undefined) return;
    const page = this.#page(leader.surface);
    const members = [leader, ...others].map(memberOf);
    const incident: Incident = {
      id: this.#newId(),
      number: 0,
      state: 'open',
      closure: null,
      duplicateOf: null,
      severity: severityOfFinding(leader, page),
      lead: leadOf(leader),
      members,
      since: Math.min(...members.map(({ since }) => since)),
      openedAt: this.#at,
      normalHours: 0,
      owner: null,
      acknowledgedAt: null,
      snoozedUntil: null,
      snoozedBy: null,
      endedAt: null,
      endedBy: null,
      reopenings: 0,
      revision: 1,
      picture: { ...firstPicture(leader, page), cause },
    };
    this.#followed.set(incident.id, FollowedIncident.open(incident, [leader, ...others], this.#at));
    for (const member of members) this.#hold(incident.id, member);
  }

  endHour(): void {
    for (const one of this.#followed.values()) one.endHour((surface) => this.#hour?.isJudged(surface) ?? false);
    this.#lookAgain();
  }

  changes(): IncidentChange[] {
    return [...this.#followed.values()].flatMap(({ change }) => change ?? []);
  }

  #page = (surface: string): PageHour | undefined => this.#hour?.page(surface);

  #get(id: string): FollowedIncident {
    const one = this.#followed.get(id);
    if (one === undefined) throw new RangeError(`No incident ${id} is followed.`);
    return one;
  }

  /** The first that tells of it keeps it. */
  #hold(id: string, member: Pick<IncidentMember, 'surface' | 'metric'>): void {
    const key = memberKey(member);
    if (!this.#holders.has(key)) this.#holders.set(key, id);
    if (!this.#pages.has(member.surface)) this.#pages.set(member.surface, id);
  }

  #lookAgain(): void {
    this.#holders = new Map();
    this.#pages = new Map();
    for (const { now } of this.#followed.values())
      if (isLive(now)) for (const member of now.members) this.#hold(now.id, member);
  }
}
